package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.doctor.Finding.Stack;
import dev.cubit.diagnose.jvm.NativeThread.Kind;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Recording.Allocation;
import dev.cubit.diagnose.recording.Recording.HeapLook;
import dev.cubit.diagnose.recording.Recording.Pause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The collector stops the application, takes its CPU, or makes it wait for memory. */
final class GcRule implements Rule {
  private static final double STOPPED = 0.10;
  private static final double CPU = 0.25;
  private static final double STALLED_OF_REQUESTS = 0.10;

  @Override
  public Optional<Finding> check(Evidence evidence) {
    double stopped = evidence.stopped();
    double cpu =
        evidence
            .use()
            .filter(u -> u.processCores() > 0.1)
            .map(u -> u.cores(Kind.COLLECTOR) / u.processCores())
            .orElse(0.0);
    double cores = evidence.use().map(u -> u.cores(Kind.COLLECTOR)).orElse(0.0);
    double stalled = evidence.inFlight() <= 0 ? 0 : evidence.stalled() / evidence.inFlight();
    boolean cpuCounts = cpu >= CPU && cores >= 0.2;
    if (stopped < STOPPED && !cpuCounts && stalled < STALLED_OF_REQUESTS) {
      return Optional.empty();
    }
    double allocated =
        evidence.recording().allocations().stream()
                .filter(a -> evidence.window().has(a.at()))
                .mapToDouble(Allocation::weightBytes)
                .sum()
            / evidence.window().seconds();
    List<Pause> pauses =
        evidence.recording().pauses().stream().filter(p -> evidence.window().has(p.at())).toList();
    long longest = pauses.stream().mapToLong(Pause::nanos).max().orElse(0);
    List<Fact> facts = new ArrayList<>();
    facts.add(
        fact(
            "stopped by collections",
            percent(stopped)
                + " of the time, "
                + pauses.size()
                + " pauses, the longest "
                + Words.millis(longest / 1e9)));
    facts.add(fact("collector's part of the JVM's CPU time", percent(cpu)));
    if (stalled > 0) {
      facts.add(fact("requests that wait for memory", percent(stalled)));
    }
    facts.add(fact("allocation", Words.bytes(allocated) + "/s"));
    if (evidence.rate() > 0) {
      facts.add(fact("allocation per request", Words.bytes(allocated / evidence.rate())));
    }
    boolean tight = tight(evidence, facts);
    double share = Math.min(1, Math.max(stopped + stalled, cpuCounts ? cpu : 0));
    return Optional.of(
        new Finding(
            Cause.GC,
            share,
            tight
                ? "The heap is too small for what lives in it: the collector holds requests up for "
                    + percent(share)
                    + " of the time."
                : "The application allocates "
                    + Words.bytes(allocated)
                    + " a second; collecting that takes "
                    + percent(share)
                    + " of the "
                    + (stopped + stalled >= cpu ? "time." : "JVM's CPU time."),
            facts,
            sites(evidence)));
  }

  /** True where, after a collection, most of the heap is still in use. */
  private static boolean tight(Evidence evidence, List<Fact> facts) {
    double used = 0;
    double committed = 0;
    int looks = 0;
    for (HeapLook look : evidence.recording().heap()) {
      if (look.afterCollection() && evidence.window().has(look.at())) {
        used += look.usedBytes();
        committed = Math.max(committed, look.committedBytes());
        looks++;
      }
    }
    if (looks == 0) {
      return false;
    }
    facts.add(
        fact(
            "heap after collections",
            Words.bytes(used / looks) + " of " + Words.bytes(committed) + " in use"));
    return used / looks > 0.6 * committed;
  }

  private static List<Stack> sites(Evidence evidence) {
    Map<String, Double> weights = new HashMap<>();
    Map<String, Allocation> examples = new HashMap<>();
    double all = 0;
    for (Allocation allocation : evidence.recording().allocations()) {
      all += allocation.weightBytes();
      String site =
          evidence
              .parties()
              .applicationFrame(allocation.trace().frames())
              .map(Frame::name)
              .orElse("");
      String key = allocation.type() + " " + site;
      weights.merge(key, (double) allocation.weightBytes(), Double::sum);
      examples.putIfAbsent(key, allocation);
    }
    double whole = Math.max(1, all);
    List<Stack> stacks = new ArrayList<>();
    weights.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(3)
        .forEach(
            e -> {
              Allocation example = examples.get(e.getKey());
              if (example != null) {
                stacks.add(
                    new Stack(
                        percent(e.getValue() / whole) + " of the allocation: " + example.type(),
                        example.trace().frames()));
              }
            });
    return stacks;
  }
}
