package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.bubble.Operation.Detail;
import dev.cubit.diagnose.bubble.Operation.Stack;
import dev.cubit.diagnose.recording.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** An operation as it is collected; for one thread. */
final class Site {
  private static final int MOST_STACKS = 3;
  private static final int MOST_DETAILS = 8;

  /** Paths may all differ; beyond this many they are not told apart. */
  private static final int MOST_REMEMBERED = 2_000;

  private final String name;
  private final String how;
  private final double[] slices;
  private final int[] counts;
  private final IdentityHashMap<Trace, double[]> stacks = new IdentityHashMap<>();
  private final Map<String, double[]> details = new HashMap<>();
  private long[] nanos = new long[16];
  private int count;
  private boolean eventLoop;

  Site(String name, String how, Slices time) {
    this.name = name;
    this.how = how;
    this.slices = time.none();
    this.counts = new int[time.count()];
  }

  /** What is counted in: spread over the slices, told by stack and detail. */
  void add(Slices time, long at, long length, double weight, Trace trace, String detail) {
    time.add(at, length, weight, slices);
    double seconds = length / 1e9 * weight;
    stacks.computeIfAbsent(trace, t -> new double[1])[0] += seconds;
    if (!detail.isEmpty() && (details.size() < MOST_REMEMBERED || details.containsKey(detail))) {
      details.computeIfAbsent(detail, d -> new double[1])[0] += seconds;
    }
    counts[time.of(at + length)]++;
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = length;
  }

  void holdsLoop(boolean holds) {
    eventLoop |= holds;
  }

  String name() {
    return name;
  }

  double seconds() {
    return Slices.sum(slices);
  }

  int count() {
    return count;
  }

  double[] slices() {
    return slices;
  }

  Iterable<Trace> traces() {
    return stacks.keySet();
  }

  /** Takes in what another has. */
  void merge(Site other) {
    for (int i = 0; i < slices.length; i++) {
      slices[i] += other.slices[i];
      counts[i] += other.counts[i];
    }
    other.stacks.forEach((t, s) -> stacks.computeIfAbsent(t, k -> new double[1])[0] += s[0]);
    other.details.forEach((d, s) -> details.computeIfAbsent(d, k -> new double[1])[0] += s[0]);
    nanos = Arrays.copyOf(nanos, count + other.count);
    System.arraycopy(other.nanos, 0, nanos, count, other.count);
    count += other.count;
    eventLoop |= other.eventLoop;
  }

  /**
   * The operation.
   *
   * @param waits false of CPU samples, whose single lengths mean nothing
   */
  Operation operation(boolean waits) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    boolean told = waits && !how.endsWith(Dumps.SAMPLED);
    double mean = Arrays.stream(sorted).average().orElse(0) / 1e9;
    double p99 = count == 0 ? 0 : sorted[(int) Math.ceil(0.99 * count) - 1] / 1e9;
    double max = count == 0 ? 0 : sorted[count - 1] / 1e9;
    List<Stack> top =
        stacks.entrySet().stream()
            .map(e -> new Stack(e.getKey(), e.getValue()[0]))
            .sorted(Comparator.comparingDouble(Stack::seconds).reversed())
            .limit(MOST_STACKS)
            .toList();
    List<Detail> most =
        details.entrySet().stream()
            .map(e -> new Detail(e.getKey(), e.getValue()[0]))
            .sorted(
                Comparator.comparingDouble(Detail::seconds).reversed().thenComparing(Detail::text))
            .limit(MOST_DETAILS)
            .toList();
    List<Integer> ended = new ArrayList<>(counts.length);
    for (int n : counts) {
      ended.add(n);
    }
    return new Operation(
        name,
        line(top),
        how,
        seconds(),
        count,
        told ? mean : 0,
        told ? p99 : 0,
        told ? max : 0,
        eventLoop,
        Slices.list(slices),
        Collections.unmodifiableList(ended),
        most,
        top);
  }

  private int line(List<Stack> top) {
    return top.stream()
        .flatMap(stack -> stack.trace().frames().stream())
        .filter(frame -> frame.name().equals(name))
        .findFirst()
        .map(frame -> frame.line())
        .orElse(0);
  }
}
