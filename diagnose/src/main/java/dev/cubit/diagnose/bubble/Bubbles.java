package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.jvm.ThreadDump;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the time of requests went, in thread-seconds: of what ran, of what was waited for, and of
 * what no event explains.
 *
 * <p>Waits shorter than the recording's threshold, and those that had not ended when it ended, are
 * not in a recording. A request that has several threads at work counts in each of them.
 *
 * @param length from the first measurement in the recording to the last
 * @param inFlightSeconds mean number of requests in flight times the length; 0 where not known
 * @param sliceSeconds how long one slice of a series is
 * @param bubbles the largest first; the idle ones among them are in no sum
 * @param edges who waits for whom, the largest first
 * @param queue the threads that requests queued for, where that is what is not explained
 * @param machineCpu mean share of the machine's CPU that was in use, 0 to 1; negative where not
 *     known
 * @param application the packages taken for the application's own
 * @param notes sentences on what is missing
 */
public record Bubbles(
    Duration length,
    double inFlightSeconds,
    double sliceSeconds,
    List<Bubble> bubbles,
    List<Edge> edges,
    Optional<Queue> queue,
    double machineCpu,
    List<String> application,
    List<String> notes) {

  /** How many slices a series has. */
  public static final int SLICES = 100;

  public Bubbles {
    bubbles = List.copyOf(bubbles);
    edges = List.copyOf(edges);
    application = List.copyOf(application);
    notes = List.copyOf(notes);
  }

  /**
   * Groups what a recording holds.
   *
   * @param recording made with the settings for bubbles; with others, fewer waits are in it
   * @param inFlightTime mean requests in flight times the recording's length; zero where not known
   */
  public static Bubbles of(Recording recording, Parties parties, Duration inFlightTime) {
    return of(recording, parties, inFlightTime, List.of());
  }

  /**
   * Groups what a recording and thread dumps hold. Dumps tell what no event does: virtual threads
   * that wait for a monitor, and on Java 21 all that are parked.
   *
   * @param dumps taken at even distances while the recording went on
   */
  public static Bubbles of(
      Recording recording, Parties parties, Duration inFlightTime, List<ThreadDump> dumps) {
    return new Grouping(recording, parties, inFlightTime.toNanos() / 1e9).bubbles(dumps);
  }

  /** Seconds of CPU time. */
  public double cpuSeconds() {
    return seconds(Area.CODE) + seconds(Area.SERVER);
  }

  /** Seconds of all waits, without idle threads. */
  public double waitSeconds() {
    return bubbles.stream().filter(b -> b.area().isWait()).mapToDouble(Bubble::seconds).sum();
  }

  /** Seconds that requests were in flight and no event says where. */
  public double unexplainedSeconds() {
    return seconds(Area.UNEXPLAINED);
  }

  /** What shares are of: everything but idle threads. */
  public double allSeconds() {
    return bubbles.stream().filter(b -> b.area() != Area.IDLE).mapToDouble(Bubble::seconds).sum();
  }

  /** The largest bubble that is waited for. */
  public Optional<Bubble> largestWait() {
    return bubbles.stream().filter(b -> b.area().isWait() && b.seconds() > 0).findFirst();
  }

  private double seconds(Area area) {
    return bubbles.stream().filter(b -> b.area() == area).mapToDouble(Bubble::seconds).sum();
  }
}
