package dev.cubit.diagnose.heap;

/** Names of classes as the JVM writes them, turned into those of source code. */
final class TypeNames {
  private TypeNames() {}

  /** {@code [B} is {@code byte[]}, {@code [Ljava.lang.String;} is {@code java.lang.String[]}. */
  static String source(String jvm) {
    int dimensions = 0;
    while (dimensions < jvm.length() && jvm.charAt(dimensions) == '[') {
      dimensions++;
    }
    if (dimensions == 0 || dimensions == jvm.length()) {
      return jvm;
    }
    String element = jvm.substring(dimensions);
    String name =
        switch (element) {
          case "B" -> "byte";
          case "C" -> "char";
          case "D" -> "double";
          case "F" -> "float";
          case "I" -> "int";
          case "J" -> "long";
          case "S" -> "short";
          case "Z" -> "boolean";
          default ->
              element.startsWith("L") && element.endsWith(";")
                  ? element.substring(1, element.length() - 1)
                  : element;
        };
    return name + "[]".repeat(dimensions);
  }
}
