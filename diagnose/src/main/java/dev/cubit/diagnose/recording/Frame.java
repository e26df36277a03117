package dev.cubit.diagnose.recording;

import java.util.regex.Pattern;

/**
 * One method in a stack.
 *
 * @param type the class with its package, dots and dollars; empty for native code
 * @param line in its source file, or 0
 */
public record Frame(String type, String method, int line, Kind kind) {
  private static final Pattern PROXY =
      Pattern.compile(
          "\\$\\$(?:Spring|EnhancerBySpring)CGLIB\\$\\$\\w+|_(?:ClientProxy|Subclass)(?=\\.|$)");

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

  /**
   * The name of a class without the address that the JVM gives to a hidden one, such as a lambda's:
   * it is another in each run.
   */
  public static String withoutAddress(String type) {
    int address = type.lastIndexOf("0x");
    return address > 1 && "./+".indexOf(type.charAt(address - 1)) >= 0
        ? type.substring(0, address - 1)
        : type;
  }

  /**
   * A name without what Spring and Quarkus add for a class that they generate before one of the
   * application's, whose users know only the latter.
   */
  public static String withoutProxy(String name) {
    return PROXY.matcher(name).replaceAll("");
  }

  /** {@code package.Type.method}. */
  public String name() {
    return type.isEmpty() ? method : type + "." + method;
  }

  /** {@code package.Type.method:12}; without the line where it is not known. */
  public String place() {
    return name() + (line > 0 ? ":" + line : "");
  }

  /** The package, or empty. */
  public String packageName() {
    int dot = type.lastIndexOf('.');
    return dot < 0 ? "" : type.substring(0, dot);
  }
}
