package dev.cubit.diagnose.recording;

/**
 * One method in a stack.
 *
 * @param type the class with its package, dots and dollars; empty for native code
 * @param line in its source file, or 0
 */
public record Frame(String type, String method, int line, Kind kind) {

  /** How the method ran. */
  public enum Kind {
    INTERPRETED,
    COMPILED,
    INLINED,
    NATIVE,
    KERNEL,
    /** Java, but it is not told how. */
    JAVA
  }

  /** {@code package.Type.method}. */
  public String name() {
    return type.isEmpty() ? method : type + "." + method;
  }

  /** The package, or empty. */
  public String packageName() {
    int dot = type.lastIndexOf('.');
    return dot < 0 ? "" : type.substring(0, dot);
  }
}
