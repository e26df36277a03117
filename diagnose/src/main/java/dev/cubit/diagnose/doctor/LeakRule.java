package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.bytes;
import static dev.cubit.diagnose.doctor.Words.fact;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.doctor.Finding.Stack;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Recording.HeapLook;
import dev.cubit.diagnose.recording.Recording.OldObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What lives in the heap grows with the requests. Where the heap was collected in full before and
 * after the load, the two are compared; otherwise the least that was in use after collections, in
 * each quarter of the load.
 */
final class LeakRule implements Rule {
  private static final double LEAST_BYTES = 64e6;
  private static final double LEAST_FACTOR = 1.2;
  private static final int QUARTERS = 4;

  @Override
  public Optional<Finding> check(Evidence evidence) {
    List<HeapLook> after =
        evidence.recording().heap().stream().filter(HeapLook::afterCollection).toList();
    Optional<HeapLook> first =
        after.stream().filter(look -> look.at() < evidence.window().from()).reduce((a, b) -> b);
    Optional<HeapLook> last =
        after.stream()
            .filter(look -> look.at() >= evidence.window().to())
            .min(Comparator.comparingLong(HeapLook::usedBytes));
    double[] live =
        first.isPresent() && last.isPresent()
            ? new double[] {first.get().usedBytes(), last.get().usedBytes()}
            : minima(after, evidence.window());
    if (live.length < 2 || !rises(live)) {
      return Optional.empty();
    }
    double from = live[0];
    double to = live[live.length - 1];
    double perSecond = (to - from) / evidence.window().seconds();
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("live at the begin of the load", bytes(from)));
    facts.add(fact("live at its end", bytes(to)));
    facts.add(fact("growth", bytes(perSecond) + "/s"));
    if (evidence.rate() > 0) {
      facts.add(fact("growth per request", bytes(perSecond / evidence.rate())));
    }
    List<Stack> suspects = suspects(evidence);
    return Optional.of(
        new Finding(
            Cause.LEAK,
            Math.min(1, 0.5 + (to - from) / Math.max(1, to) / 2),
            "What lives in the heap has grown from "
                + bytes(from)
                + " to "
                + bytes(to)
                + " in "
                + Math.round(evidence.window().seconds())
                + " s"
                + site(evidence).map(s -> ", mostly allocated in " + Words.brief(s)).orElse("")
                + ".",
            facts,
            suspects));
  }

  private static boolean rises(double[] live) {
    for (int i = 1; i < live.length; i++) {
      if (live[i] <= live[i - 1]) {
        return false;
      }
    }
    double from = live[0];
    double to = live[live.length - 1];
    return to - from >= LEAST_BYTES && to >= LEAST_FACTOR * from;
  }

  /** Of each quarter that has a look; fewer than four are no evidence. */
  private static double[] minima(List<HeapLook> looks, Evidence.Window window) {
    double[] least = new double[QUARTERS];
    java.util.Arrays.fill(least, Double.MAX_VALUE);
    for (HeapLook look : looks) {
      if (window.has(look.at())) {
        int quarter =
            (int) ((look.at() - window.from()) * QUARTERS / (window.to() - window.from()));
        least[quarter] = Math.min(least[quarter], look.usedBytes());
      }
    }
    return java.util.Arrays.stream(least).anyMatch(l -> l == Double.MAX_VALUE)
        ? new double[0]
        : least;
  }

  private static Map<String, List<OldObject>> bySite(Evidence evidence) {
    Map<String, List<OldObject>> sites = new HashMap<>();
    for (OldObject object : evidence.recording().oldObjects()) {
      // older than the load: what the application has allocated once, at its start
      if (object.ageNanos() < evidence.recording().length().toNanos()) {
        evidence
            .parties()
            .applicationFrame(object.trace().frames())
            .map(Frame::name)
            .ifPresent(s -> sites.computeIfAbsent(s, k -> new ArrayList<>()).add(object));
      }
    }
    return sites;
  }

  private static Optional<String> site(Evidence evidence) {
    return bySite(evidence).entrySet().stream()
        .max(Comparator.comparingInt(e -> e.getValue().size()))
        .map(Map.Entry::getKey);
  }

  private static List<Stack> suspects(Evidence evidence) {
    return bySite(evidence).values().stream()
        .sorted(Comparator.<List<OldObject>>comparingInt(List::size).reversed())
        .limit(3)
        .map(
            objects ->
                new Stack(
                    objects.size()
                        + " of "
                        + evidence.recording().oldObjects().size()
                        + " sampled survivors: "
                        + objects.getFirst().type(),
                    objects.getFirst().trace().frames()))
        .toList();
  }
}
