package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.count;
import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.ledger.Item;
import dev.cubit.diagnose.ledger.Waiters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests wait for one thing for most of their time: the disk, or just for time to pass. */
final class WaitRule implements Rule {
  private static final double SHARE = 0.35;
  private final Cause cause;
  private final Item item;

  WaitRule(Cause cause, Item item) {
    this.cause = cause;
    this.item = item;
  }

  @Override
  public Optional<Finding> check(Evidence evidence) {
    double waiting = evidence.ledger().requests(item);
    double work = waiting + evidence.ledger().requests(Item.CPU);
    double share = evidence.ledger().share(item);
    // what is queued before threads that wait so is queued because of that
    double queued = evidence.ledger().share(Item.POOL_QUEUE);
    boolean most = waiting >= SHARE * work && share + queued >= SHARE && waiting >= 0.5;
    if (!most) {
      return Optional.empty();
    }
    List<Waiters> waiters = evidence.ledger().waiters(item);
    List<Fact> facts = new ArrayList<>();
    facts.add(
        fact(
            "requests " + item.text(),
            count(waiting) + " of " + count(evidence.inFlight()) + " in flight"));
    waiters.stream()
        .limit(3)
        .forEach(
            w -> facts.add(fact("in " + w.where(), count(w.threads()) + " threads, " + w.how())));
    files(evidence)
        .forEach((path, seconds) -> facts.add(fact(path, Words.millis(seconds) + " a second")));
    return Optional.of(
        new Finding(
            cause,
            Math.min(1, cause == Cause.DISK ? share + queued : share),
            percent(share)
                + " of the requests in flight are "
                + item.text()
                + waiters.stream().findFirst().map(w -> " in " + Words.brief(w.where())).orElse("")
                + ".",
            facts,
            Words.stacks(waiters)));
  }

  /** Where the time of file events goes, for the disk. */
  private Map<String, Double> files(Evidence evidence) {
    Map<String, Double> seconds = new HashMap<>();
    if (cause == Cause.DISK) {
      evidence.recording().waits().stream()
          .filter(w -> w.kind().name().startsWith("FILE_"))
          .forEach(
              w ->
                  seconds.merge(
                      w.detail(), w.nanos() / 1e9 / evidence.window().seconds(), Double::sum));
    }
    Map<String, Double> top = new HashMap<>();
    seconds.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(2)
        .forEach(e -> top.put(e.getKey(), e.getValue()));
    return top;
  }
}
