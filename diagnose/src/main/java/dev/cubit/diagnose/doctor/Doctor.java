package dev.cubit.diagnose.doctor;

import dev.cubit.diagnose.ledger.Item;
import dev.cubit.diagnose.ledger.Ledger.Part;
import dev.cubit.diagnose.ledger.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Judges the evidence of one load. */
public final class Doctor {
  private static final int HOTTEST = 20;
  private static final long LEAST_RESPONSES = 20;
  private static final double LEAST_OF_CONSEQUENCE = 0.4;

  private static final List<Rule> RULES =
      List.of(
          new ThrottledRule(),
          new LeakRule(),
          new GcRule(),
          new ExceptionsRule(),
          new LoggingRule(),
          new WarmUpRule(),
          new SafepointRule(),
          new PinnedRule(),
          new EventLoopRule(),
          new LockRule(),
          new PoolRule(),
          new WaitRule(Cause.DISK, Item.DISK),
          new DownstreamRule(),
          new WaitRule(Cause.SLEEP, Item.SLEEP),
          new CpuRule(),
          new GeneratorRule());

  private Doctor() {}

  /** The diagnosis, with at least one finding. */
  public static Diagnosis diagnose(Evidence evidence) {
    List<Finding> findings = new ArrayList<>();
    for (Rule rule : RULES) {
      rule.check(evidence).ifPresent(findings::add);
    }
    findings.sort(Comparator.comparingDouble(Finding::share).reversed());
    List<Finding> ranked = causesFirst(findings);
    if (ranked.isEmpty()) {
      ranked.add(nothing(evidence));
    }
    return new Diagnosis(
        ranked, evidence.ledger(), HotCode.methods(evidence, HOTTEST), notes(evidence));
  }

  /** What causes another finding goes before it, unless it is much too small for that. */
  private static List<Finding> causesFirst(List<Finding> bySize) {
    List<Finding> left = new ArrayList<>(bySize);
    List<Finding> ranked = new ArrayList<>();
    while (!left.isEmpty()) {
      Finding next =
          left.stream()
              .filter(
                  f ->
                      left.stream()
                          .noneMatch(
                              other ->
                                  other.share() >= LEAST_OF_CONSEQUENCE * f.share()
                                      && other.cause().consequences().contains(f.cause())
                                      && !f.cause().consequences().contains(other.cause())))
              .findFirst()
              .orElse(left.getFirst());
      ranked.add(next);
      left.remove(next);
    }
    return ranked;
  }

  /** Healthy, unless requests are held up by what nobody can tell. */
  private static Finding nothing(Evidence evidence) {
    Optional<Part> largest = evidence.ledger().parts().stream().findFirst();
    boolean few = evidence.traffic().map(t -> t.responses() < LEAST_RESPONSES).orElse(false);
    boolean failing =
        evidence.traffic().map(t -> t.failures() > 0.5 * Math.max(1, t.responses())).orElse(false);
    boolean heldUp =
        evidence.traffic().map(Traffic::closed).orElse(false)
            && evidence.inFlight() >= 4
            && evidence.ledger().unexplained() >= 0.5;
    boolean blind = evidence.traffic().isEmpty() && evidence.samples().size() < 50;
    List<Finding.Fact> facts = new ArrayList<>();
    facts.add(Words.fact("requests in flight", Words.count(evidence.inFlight())));
    largest.ifPresent(
        p ->
            facts.add(
                Words.fact("most of their time " + p.item().text(), Words.count(p.requests()))));
    facts.add(Words.fact("machine busy", Words.percent(evidence.machineBusy())));
    facts.add(Words.fact("the JVM, of the machine", Words.percent(evidence.jvmShare())));
    if (few || failing || heldUp || blind) {
      String why =
          few
              ? "hardly any request was answered"
              : failing
                  ? "most requests failed"
                  : heldUp
                      ? Words.percent(evidence.ledger().unexplained())
                          + " of the requests' time is not accounted for"
                      : "the recording shows too little work";
      return new Finding(Cause.UNKNOWN, 0, "Not enough evidence: " + why + ".", facts, List.of());
    }
    return new Finding(
        Cause.HEALTHY,
        0,
        "Nothing holds the service back under this load: no resource is used up, and no wait stands"
            + " out.",
        facts,
        List.of());
  }

  private static List<String> notes(Evidence evidence) {
    List<String> notes = new ArrayList<>(evidence.recording().notes());
    if (evidence.recording().cpu().isEmpty()) {
      notes.add("the recording has no CPU samples: what code was hot is not known");
    }
    if (evidence.ledger().known() && evidence.ledger().unexplained() >= 0.3) {
      notes.add(
          Words.percent(evidence.ledger().unexplained())
              + " of the requests' time is not explained by anything that was seen");
    }
    if (evidence.traffic().isEmpty()) {
      notes.add("without a load of Cubit's own it is not known how many requests were in flight");
    }
    return notes;
  }
}
