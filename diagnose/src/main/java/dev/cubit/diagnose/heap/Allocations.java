package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.Allocation;
import dev.cubit.diagnose.recording.Trace;
import dev.cubit.diagnose.recording.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds samples of allocation up by class, by place and over time. */
final class Allocations {
  private static final int MOST_TYPES = 100;
  private static final int MOST_SITES = 100;
  private static final int MOST_TYPES_OF_A_SITE = 4;

  /** Bars of the rate over time are a second wide, or wider where they would be more than this. */
  private static final int MOST_BARS = 240;

  /** Fewer samples say nothing of what is usual. */
  private static final int ENOUGH = 50;

  private record Weighed(Allocation sample, double bytes) {}

  /** What is added up for one site. */
  private static final class Sum {
    private final Place place;
    private final Map<String, Double> types = new HashMap<>();
    private final Map<Trace, Double> traces = new HashMap<>();
    private double bytes;

    Sum(Place place) {
      this.place = place;
    }

    void add(String type, Trace trace, double weight) {
      bytes += weight;
      types.merge(type, weight, Double::sum);
      traces.merge(trace, weight, Double::sum);
    }

    AllocationSite site(double total, Parties parties) {
      Trace most =
          traces.entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .map(Map.Entry::getKey)
              .orElse(Trace.NONE);
      Place line = Place.of(most.frames(), parties);
      return new AllocationSite(
          line.frame(),
          place.party(),
          bytes,
          bytes / total,
          shares(types, bytes, MOST_TYPES_OF_A_SITE),
          most.frames());
    }
  }

  private final Recording recording;
  private final Parties parties;
  private final Window window;

  Allocations(Recording recording, Parties parties, Window window) {
    this.recording = recording;
    this.parties = parties;
    this.window = window;
  }

  Allocating find() {
    List<Weighed> all = weighed();
    List<Weighed> counted = all.stream().filter(w -> window.has(w.sample().at())).toList();
    double total = counted.stream().mapToDouble(Weighed::bytes).sum();
    Map<String, Double> types = new HashMap<>();
    Map<String, Sum> sites = new HashMap<>();
    CallTree tree = new CallTree(parties);
    for (Weighed one : counted) {
      String type = TypeNames.source(one.sample().type());
      types.merge(type, one.bytes(), Double::sum);
      Trace trace = one.sample().trace();
      Place place = Place.of(trace.frames(), parties);
      sites.computeIfAbsent(place.key(), k -> new Sum(place)).add(type, trace, one.bytes());
      tree.add(trace, type, one.bytes());
    }
    return new Allocating(
        counted.size(),
        total,
        total / window.seconds(),
        rate(all),
        shares(types, total, MOST_TYPES),
        sites.values().stream()
            .map(sum -> sum.site(total, parties))
            .sorted(
                Comparator.comparingDouble(AllocationSite::bytes)
                    .reversed()
                    .thenComparing(site -> site.place().name()))
            .limit(MOST_SITES)
            .toList(),
        tree.root());
  }

  /**
   * The first sample of a thread stands for all that it has allocated since it was started, which
   * may have been days before the recording: it counts no more than the heaviest of the others.
   */
  private List<Weighed> weighed() {
    Set<String> seen = new HashSet<>();
    List<Weighed> firsts = new ArrayList<>();
    List<Weighed> all = new ArrayList<>();
    double heaviest = 0;
    List<Allocation> inOrder =
        recording.allocations().stream().sorted(Comparator.comparingLong(Allocation::at)).toList();
    for (Allocation sample : inOrder) {
      Weighed weighed = new Weighed(sample, sample.weightBytes());
      if (seen.add(sample.thread())) {
        firsts.add(weighed);
      } else {
        all.add(weighed);
        heaviest = Math.max(heaviest, sample.weightBytes());
      }
    }
    double most = all.size() >= ENOUGH ? heaviest : Double.MAX_VALUE;
    firsts.forEach(w -> all.add(new Weighed(w.sample(), Math.min(w.bytes(), most))));
    return all;
  }

  private List<Moment> rate(List<Weighed> all) {
    if (all.isEmpty()) {
      return List.of();
    }
    double seconds = Math.max(1, recording.length().toNanos() / 1e9);
    double width = Math.max(1, Math.ceil(seconds / MOST_BARS));
    int bars = (int) Math.ceil(seconds / width);
    double[] sums = new double[bars];
    for (Weighed one : all) {
      sums[(int) Math.clamp(one.sample().at() / 1e9 / width, 0, bars - 1)] += one.bytes();
    }
    List<Moment> rate = new ArrayList<>();
    for (int i = 0; i < bars; i++) {
      double length = Math.min(width, Math.max(0.1, seconds - i * width)); // of the last, a part
      rate.add(new Moment(i * width + length / 2, sums[i] / length));
    }
    return rate;
  }

  private static List<ByType> shares(Map<String, Double> bytes, double total, int most) {
    return bytes.entrySet().stream()
        .map(e -> new ByType(e.getKey(), e.getValue(), total > 0 ? e.getValue() / total : 0))
        .sorted(Comparator.comparingDouble(ByType::bytes).reversed().thenComparing(ByType::type))
        .limit(most)
        .toList();
  }
}
