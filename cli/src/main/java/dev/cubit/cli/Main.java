package dev.cubit.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

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
    NettyLog.silence();
    int code = Exit.TARGET;
    try {
      code = Cubit.run(List.of(words), Terminal.here(System.getenv()));
    } finally {
      System.out.flush();
      Interrupts.done(); // whatever happened: the JVM waits for this
    }
    System.exit(code);
  }

  /**
   * What goes wrong on a connection is counted and told in the result: Netty's log would say it
   * again, with a stack trace. Kept in a field, as the JDK forgets a logger's level together with
   * the logger.
   */
  private static final class NettyLog {
    private static final Logger LOGGER = Logger.getLogger("io.netty");

    static void silence() {
      LOGGER.setLevel(Level.OFF);
    }
  }
}
