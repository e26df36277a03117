package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.count;
import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.ledger.MachineUse;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Recording.Counters;
import dev.cubit.diagnose.recording.Recording.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Exceptions as control flow: their making and the search for their handlers cost more than work.
 */
final class ExceptionsRule implements Rule {
  private static final double A_SECOND = 1_000;
  private static final double A_REQUEST = 5;
  private static final double CPU = 0.2;

  /**
   * What one costs at the least, in seconds of CPU time: its trace, and the search for its handler,
   * which no stack shows. Shipilev, "The Exceptional Performance of Lil' Exception", 2014, measured
   * 1 to 80 microseconds, by the depth of the stack.
   */
  private static final double SECONDS_EACH = 1e-6;

  @Override
  public Optional<Finding> check(Evidence evidence) {
    double rate = rate(evidence);
    double cores = Math.max(0.05, evidence.use().map(MachineUse::processCores).orElse(1.0));
    double share =
        Math.max(
            evidence.cpuShare(ExceptionsRule::makesException),
            Math.min(1, rate * SECONDS_EACH / cores));
    double each = evidence.rate() <= 0 ? A_REQUEST : rate / evidence.rate();
    if (rate < A_SECOND || (each < A_REQUEST && share < CPU) || share < 0.05) {
      return Optional.empty();
    }
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("exceptions", count(rate) + " a second"));
    if (evidence.rate() > 0) {
      facts.add(fact("per request", count(each)));
    }
    facts.add(fact("CPU time in making them, at least", percent(share)));
    evidence.recording().thrown().stream()
        .collect(Collectors.groupingBy(Thrown::type, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(3)
        .forEach(e -> facts.add(fact(e.getKey(), e.getValue() + " of those sampled")));
    Map<String, Double> sites = HotCode.sites(evidence, ExceptionsRule::makesException);
    String where =
        sites.isEmpty() ? "" : ", most in " + Words.brief(sites.keySet().iterator().next());
    return Optional.of(
        new Finding(
            Cause.EXCEPTIONS,
            Math.min(1, Math.max(0.4, 2 * share)),
            count(rate) + " exceptions are thrown a second" + where + ".",
            facts,
            HotCode.stacks(evidence, ExceptionsRule::makesException, 3)));
  }

  private static double rate(Evidence evidence) {
    List<Counters> counts =
        evidence.recording().counters().stream().filter(c -> c.exceptions() >= 0).toList();
    if (counts.size() < 2) {
      return 0;
    }
    Counters first = counts.getFirst();
    Counters last = counts.getLast();
    return (last.exceptions() - first.exceptions())
        / Math.max(1e-3, (last.at() - first.at()) / 1e9);
  }

  static boolean makesException(List<Frame> frames) {
    for (Frame frame : frames.subList(0, Math.min(frames.size(), 12))) {
      String type = frame.type();
      if (type.equals("java.lang.Throwable")
          || type.equals("java.lang.StackTraceElement")
          || (frame.method().equals("<init>")
              && (type.endsWith("Exception") || type.endsWith("Error")))) {
        return true;
      }
    }
    return false;
  }
}
