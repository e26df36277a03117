package dev.cubit.scale.topology;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How clones are started, watched and ended.
 *
 * @param health empty: a clone is ready when its port accepts
 * @param checks that a clone must pass before it takes traffic
 * @param readyTimeout how long a clone may take until it is ready
 * @param grace from SIGTERM to SIGKILL, and for the last answers before
 * @param memoryBytes of resident memory: a clone above it is replaced
 * @param requests that a clone answers before it is replaced
 * @param cores that a clone may use, as 0.5
 * @param sharePort whether all clones listen on one port, dealt out by the kernel
 */
public record Care(
    Optional<Health> health,
    List<Check> checks,
    Duration readyTimeout,
    Duration grace,
    OptionalLong memoryBytes,
    OptionalLong requests,
    OptionalDouble cores,
    boolean sharePort) {
  public Care {
    checks = List.copyOf(checks);
  }

  /**
   * A path that a healthy clone answers with 2xx.
   *
   * @param interval between two questions
   * @param timeout for an answer
   * @param rise answers in a row that make an unhealthy clone healthy
   * @param fall failures in a row that make a healthy clone unhealthy
   */
  public record Health(String path, Duration interval, Duration timeout, int rise, int fall) {
    /** As usual, on a path. */
    public static Health on(String path) {
      return new Health(path, Duration.ofSeconds(2), Duration.ofSeconds(1), 2, 3);
    }
  }

  /**
   * A request, and what its answer must be.
   *
   * @param status empty: any 2xx
   * @param type of the content, without parameters; empty: any
   * @param contains text that the body must have; empty: any
   */
  public record Check(
      String method,
      String path,
      Optional<String> body,
      OptionalInt status,
      Optional<String> type,
      Optional<String> contains) {}

  /** What holds where the file says nothing. */
  public static Care usual() {
    return new Care(
        Optional.empty(),
        List.of(),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        false);
  }
}
