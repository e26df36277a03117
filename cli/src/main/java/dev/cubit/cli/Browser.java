package dev.cubit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The user's browser. */
final class Browser {
  private Browser() {}

  /** False where none could be started. */
  static boolean open(Path page) {
    for (String program : List.of("xdg-open", "open", "sensible-browser")) {
      if (opens(program, page)) {
        return true;
      }
    }
    return false;
  }

  private static boolean opens(String program, Path page) {
    try {
      Process process =
          new ProcessBuilder(program, page.toAbsolutePath().toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // a browser that runs on has been opened; one that fails does so at once
      return !process.waitFor(2, TimeUnit.SECONDS) || process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
