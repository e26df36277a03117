package dev.cubit.diagnose.flight;

import dev.cubit.diagnose.DiagnoseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Async-profiler's native library, of those that its jar has for several machines. */
final class AsyncLibrary {
  private static final String NAME = "libasyncProfiler.so";

  private AsyncLibrary() {}

  /** Into a folder that the JVM that is to load it sees as well. */
  static Path unpack(Path folder) throws DiagnoseException {
    String machine = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    String resource =
        switch (machine) {
          case "Linux on amd64" -> "linux-x64/" + NAME;
          case "Linux on aarch64" -> "linux-arm64/" + NAME;
          default ->
              throw new DiagnoseException(
                  "there is no async-profiler for " + machine + ": leave --profiler async out");
        };
    Path file = folder.resolve(NAME);
    try (InputStream in = AsyncLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new DiagnoseException(
            "async-profiler's jar is not beside Cubit's: build Cubit again, or leave --profiler"
                + " async out");
      }
      Files.copy(in, file);
      return file;
    } catch (IOException e) {
      throw new DiagnoseException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** What to do where a JVM or its loader of libraries says this; begins with a semicolon. */
  static String remedy(String reason) {
    if (reason.contains("Dynamic agent loading is not enabled")) {
      return "; or leave --profiler async out";
    }
    if (reason.contains("Operation not permitted") || reason.contains("failed to map")) {
      return "; the folder may be on a file system that is mounted noexec: start Cubit in another";
    }
    if (reason.contains("Permission denied")) {
      return "; the user who runs it may not read that folder: start Cubit in another";
    }
    if (reason.contains(NAME + ": cannot open shared object file: No such file")) {
      return "; it does not see Cubit's files, as in a container of its own: run Cubit in there";
    }
    return "; leave --profiler async out, and the JVM's own recorder is used";
  }
}
