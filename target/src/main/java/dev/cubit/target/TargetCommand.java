package dev.cubit.target;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How to start a target.
 *
 * @param words the program and its arguments, given to the operating system as they are
 * @param port that it is told to listen on, by PORT in its environment; empty: a free one is chosen
 * @param environment added to Cubit's own
 * @param readyTimeout how long it may take until it accepts connections
 */
public record TargetCommand(
    List<String> words, OptionalInt port, Map<String, String> environment, Duration readyTimeout) {
  public TargetCommand {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
    if (words.isEmpty() || words.getFirst().isBlank()) {
      throw new IllegalArgumentException("there is no command to start the target with");
    }
    if (port.orElse(1) < 1 || port.orElse(1) > 65_535) {
      throw new IllegalArgumentException("a port is 1 to 65535, not " + port.getAsInt());
    }
    if (!readyTimeout.isPositive()) {
      throw new IllegalArgumentException("the time to get ready is above 0");
    }
  }

  /** On a free port, ready within 30 s. */
  public static TargetCommand of(List<String> words) {
    return new TargetCommand(words, OptionalInt.empty(), Map.of(), Duration.ofSeconds(30));
  }

  public TargetCommand withEnvironment(Map<String, String> other) {
    return new TargetCommand(words, port, other, readyTimeout);
  }

  /** For sentences. */
  public String text() {
    return String.join(" ", words);
  }
}
