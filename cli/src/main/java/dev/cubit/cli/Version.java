package dev.cubit.cli;

/** Which Cubit this is. Kept apart from all else: it is asked for often, and must be quick. */
final class Version {
  /** The project's own; a test holds it against the build's. */
  static final String NUMBER = "0.1.0";

  private Version() {}

  static String text() {
    return "cubit "
        + NUMBER
        + " (Java "
        + System.getProperty("java.version")
        + ", "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ")";
  }
}
