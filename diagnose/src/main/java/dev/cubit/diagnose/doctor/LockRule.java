package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.ledger.Item;
import dev.cubit.diagnose.ledger.Waiters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests wait for a lock that others hold. */
final class LockRule implements Rule {
  private static final double SHARE = 0.25;

  @Override
  public Optional<Finding> check(Evidence evidence) {
    List<Waiters> waiters =
        evidence.ledger().waiters(Item.LOCK).stream().filter(w -> !w.serverInternal()).toList();
    double threads = waiters.stream().mapToDouble(Waiters::threads).sum();
    double share = evidence.inFlight() <= 0 ? 0 : Math.min(1, threads / evidence.inFlight());
    double cpu = evidence.ledger().requests(Item.CPU);
    if (share < SHARE || threads < 1 || threads < 0.5 * cpu) {
      return Optional.empty();
    }
    Waiters most = waiters.getFirst();
    Map<String, Double> locks = new HashMap<>();
    Map<String, Integer> holders = new HashMap<>();
    for (Waiters group : waiters) {
      group.blockers().forEach((lock, n) -> locks.merge(lock, n, Double::sum));
      group.holders().forEach((holder, n) -> holders.merge(holder, n, Integer::sum));
    }
    Optional<Map.Entry<String, Double>> lock =
        locks.entrySet().stream().max(Map.Entry.comparingByValue());
    List<Fact> facts = new ArrayList<>();
    facts.add(
        fact(
            "requests that wait for a lock",
            Words.count(threads)
                + " of "
                + Words.count(evidence.inFlight())
                + " in flight ("
                + percent(share)
                + ")"));
    lock.ifPresent(
        l ->
            facts.add(
                fact("lock", l.getKey() + ", " + Words.count(l.getValue()) + " wait for it")));
    facts.add(fact("taken in", most.where() + " (" + most.how() + ")"));
    holders.entrySet().stream()
        .max(Comparator.comparingInt(Map.Entry::getValue))
        .ifPresent(h -> facts.add(fact("its holder was seen in", h.getKey())));
    return Optional.of(
        new Finding(
            Cause.LOCK,
            share,
            percent(share)
                + " of the requests in flight wait for a lock"
                + lock.map(l -> " of class " + l.getKey().replaceAll("@.*", "")).orElse("")
                + ", taken in "
                + Words.brief(most.where())
                + ".",
            facts,
            Words.stacks(waiters)));
  }
}
