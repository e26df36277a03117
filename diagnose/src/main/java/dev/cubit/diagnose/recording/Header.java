package dev.cubit.diagnose.recording;

import dev.cubit.diagnose.DiagnoseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * How a recording's first chunk begins: {@code FLR\0}, the format's major and minor version in two
 * bytes each, and at byte 32 when it was begun.
 *
 * @param begin events come in the order in which threads handed them over, so the first to be read
 *     may be a second younger than others
 */
record Header(Instant begin) {
  private static final int MAGIC = 0x464c5200;
  private static final int MAJOR = 4;
  private static final int MINOR = 6;
  private static final int BEGIN_NANOS = 32;
  private static final int BYTES = BEGIN_NANOS + Long.BYTES;

  /** Java 11 and newer write 2.0 or 2.1. */
  private static final int FORMAT = 2;

  /**
   * Reads it.
   *
   * @throws DiagnoseException where it is no recording: says what it seems to be instead
   */
  static Header of(Path file) throws DiagnoseException {
    byte[] bytes = first(file);
    if (bytes.length == 0) {
      throw new DiagnoseException(
          file + " is empty: the JVM was ended before it could write its recording");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (bytes.length < Integer.BYTES || header.getInt(0) != MAGIC) {
      throw new DiagnoseException(file + " is not a flight recording: " + instead(bytes));
    }
    if (bytes.length < BYTES) {
      throw new DiagnoseException(
          file + " is a flight recording that is cut off in its first line");
    }
    if (header.getShort(MAJOR) != FORMAT) {
      throw new DiagnoseException(
          "%s has the format %d.%d of flight recordings: only %d.x is understood, which Java 11 and newer write"
              .formatted(file, header.getShort(MAJOR), header.getShort(MINOR), FORMAT));
    }
    return new Header(Instant.ofEpochSecond(0, header.getLong(BEGIN_NANOS)));
  }

  private static byte[] first(Path file) throws DiagnoseException {
    if (Files.isDirectory(file)) {
      throw new DiagnoseException(file + " is a folder: give the recording itself, a .jfr file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(BYTES);
    } catch (NoSuchFileException e) {
      throw new DiagnoseException(
          "there is no recording "
              + file
              + ": give a file that a JVM's flight recorder has written",
          e);
    } catch (IOException e) {
      throw new DiagnoseException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String instead(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u001f\u008b")
        || text.startsWith("PK")
        || text.startsWith("\u0004\"M\u0018")) {
      return "it is compressed; unpack it first";
    }
    return text.startsWith("JAVA PROFILE") ? "it is a heap dump" : "it does not begin with FLR";
  }
}
