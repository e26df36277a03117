package dev.cubit.scale.clone;

import dev.cubit.target.OldJava;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/** A process that could not be started, or has not got ready; the message says why. */
final class NotReady extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> lastOutput;
  private final transient OptionalInt exitCode;

  NotReady(String why) {
    this(why, List.of(), OptionalInt.empty());
  }

  NotReady(String why, List<String> lastOutput, OptionalInt exitCode) {
    super(why + lastWord(lastOutput) + OldJava.advice(lastOutput));
    this.lastOutput = List.copyOf(lastOutput);
    this.exitCode = exitCode;
  }

  private static String lastWord(List<String> lines) {
    return lines.reversed().stream()
        .filter(line -> !line.isBlank())
        .findFirst()
        .map(line -> "; its last line: " + line.strip())
        .orElse("");
  }

  /** Without its subject, which is the clone's name. */
  String sentence() {
    return Objects.requireNonNull(getMessage());
  }

  List<String> lastOutput() {
    return lastOutput;
  }

  OptionalInt exitCode() {
    return exitCode;
  }
}
