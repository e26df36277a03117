package dev.cubit.diagnose.jvm;

import dev.cubit.diagnose.recording.Frame;

/**
 * A line of a stack as the JVM prints it: {@code java.base/java.util.Map.get(Map.java:12)}, {@code
 * app//shop.Cart.add(Cart.java:7)}, {@code shop.Cart$$Lambda/0x00007f.run(Unknown Source)}.
 */
final class StackLine {
  private StackLine() {}

  static Frame parse(String line) {
    int open = line.indexOf('(');
    String where = open < 0 ? "" : line.substring(open + 1, line.length() - 1);
    String name = withoutModule(open < 0 ? line : line.substring(0, open));
    int dot = name.lastIndexOf('.');
    int colon = where.lastIndexOf(':');
    return new Frame(
        dot < 0 ? "" : Frame.withoutAddress(name.substring(0, dot)),
        name.substring(dot + 1),
        colon < 0 ? 0 : number(where.substring(colon + 1)),
        where.equals("Native Method") ? Frame.Kind.NATIVE : Frame.Kind.JAVA);
  }

  private static String withoutModule(String name) {
    int slash = name.indexOf('/');
    if (slash < 0 || name.startsWith("0x", slash + 1)) {
      return name; // the slash of a hidden class
    }
    return name.substring(name.startsWith("/", slash + 1) ? slash + 2 : slash + 1);
  }

  private static int number(String digits) {
    return digits.matches("\\d{1,7}") ? Integer.parseInt(digits) : 0;
  }
}
