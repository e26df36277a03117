package dev.cubit.cli;

import java.util.List;

/** Where the process begins and ends. */
public final class Main {
  private Main() {}

  /**
   * Runs one command.
   *
   * @param words after {@code cubit}
   */
  public static void main(String[] words) throws InterruptedException {
    if (words.length == 1 && (words[0].equals("--version") || words[0].equals("-v"))) {
      System.out.println(Version.text()); // without reading all commands first
      return;
    }
    Interrupts.install();
    int code = Exit.TARGET;
    try {
      code = Cubit.run(List.of(words), Terminal.here(System.getenv()));
    } finally {
      System.out.flush();
      Interrupts.done(); // whatever happened: the JVM waits for this
    }
    System.exit(code);
  }
}
