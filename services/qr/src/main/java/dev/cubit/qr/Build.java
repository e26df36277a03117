package dev.cubit.qr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Which program this is, as a short tag: the same for all clones of one jar, another one for every
 * other jar.
 *
 * <p>Pictures follow from the request and the program alone. So the tag of the program is a strong
 * validator (RFC 9110, 8.8.1) for all of them: it says that the bytes behind one URL have not
 * changed, and costs no hash of each picture.
 */
final class Build {
  static final String TAG = tag();

  private Build() {}

  private static String tag() {
    try {
      var place = Path.of(Build.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      long sum = Files.isDirectory(place) ? ofFolder(place) : ofJar(place);
      return HexFormat.of().toHexDigits(sum);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * From the check sums that a jar has in its directory: a few hundred of them, no file is read.
   */
  private static long ofJar(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      return file.stream()
          .filter(entry -> entry.getName().startsWith("dev/cubit/qr/"))
          .mapToLong(entry -> 31 * entry.getCrc() + entry.getName().hashCode())
          .reduce(17, Build::mixed);
    }
  }

  private static long ofFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .mapToLong(file -> file.toFile().lastModified() ^ file.hashCode())
          .reduce(17, Build::mixed);
    }
  }

  private static long mixed(long sum, long next) {
    return Long.rotateLeft(sum * 0x9e3779b97f4a7c15L, 29) ^ next;
  }
}
