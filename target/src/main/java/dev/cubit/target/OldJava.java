package dev.cubit.target;

import java.nio.file.Path;
import java.util.List;

/** A Java program that was built for a newer JVM than its command names: the commonest trap. */
public final class OldJava {
  private OldJava() {}

  /**
   * What to do where that is why a process has ended.
   *
   * @param lastOutput the last lines that it wrote
   * @return the end of a sentence, beginning with a semicolon; empty where it is not why
   */
  public static String advice(List<String> lastOutput) {
    return lastOutput.stream().anyMatch(line -> line.contains("UnsupportedClassVersionError"))
        ? "; that java is too old for it, name a newer one: "
            + Path.of(System.getProperty("java.home"), "bin", "java")
        : "";
  }
}
