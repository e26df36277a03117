package dev.cubit.scale.clone;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One line of {@code cubit ps}: a clone's process, or the clone while it has none.
 *
 * @param name unique, but for the old and the new process while one replaces the other
 * @param pid empty while it has no process
 * @param started of its process
 * @param restarts after a crash, since it was first started
 * @param cpuPercent between the last two samples, with its children; 100 is one core
 * @param rssBytes of the last sample, with its children; 0 before the first
 * @param processes that it is, with its children; 0 before the first sample
 * @param lastExit of the process before; 128 + n where signal n ended it
 * @param why it is in this state, where that needs a word; else empty
 */
public record CloneStatus(
    String name,
    String service,
    String version,
    String partition,
    int number,
    OptionalLong pid,
    OptionalInt port,
    State state,
    Optional<Instant> started,
    int restarts,
    double cpuPercent,
    long rssBytes,
    int processes,
    OptionalInt lastExit,
    String why) {

  /** Where a clone is in its life. */
  public enum State {
    /** Its process runs; it does not take requests yet. */
    STARTING,
    /** It takes requests. */
    READY,
    /** It runs, but has failed its health checks; it gets no requests. */
    UNHEALTHY,
    /** It answers its last requests, and is ended. */
    DRAINING,
    /** It has died, and is started again after a pause. */
    BACKING_OFF,
    /** It has died too often: only a reload starts it again. */
    PARKED,
    /** It is no more. */
    ENDED;

    /** As users read it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
