package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.count;
import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.ledger.Item;
import dev.cubit.diagnose.ledger.Waiters;
import dev.cubit.diagnose.recording.Recording.Wait;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests wait for the answer of another server. */
final class DownstreamRule implements Rule {
  private static final double SHARE = 0.4;

  /** Seconds. Few requests at a time that wait so short a time are what asking a server costs. */
  private static final double SHORT = 0.005;

  private static final double FEW = 8;

  @Override
  public Optional<Finding> check(Evidence evidence) {
    double network = evidence.ledger().requests(Item.NETWORK);
    double results = evidence.ledger().requests(Item.RESULT);
    double open = evidence.connections().values().stream().mapToDouble(Double::doubleValue).sum();
    // a client of callbacks, whose callers wait for its futures
    boolean behindFutures = results >= 1 && open >= 0.5 * results;
    double waiting = network + (behindFutures ? results : 0);
    double share = evidence.inFlight() <= 0 ? 0 : Math.min(1, waiting / evidence.inFlight());
    if (share < SHARE || waiting < 1 || isTrifle(waiting, evidence.rate())) {
      return Optional.empty();
    }
    List<Waiters> waiters = new ArrayList<>(evidence.ledger().waiters(Item.NETWORK));
    if (behindFutures) {
      waiters.addAll(evidence.ledger().waiters(Item.RESULT));
    }
    Optional<String> address = address(evidence);
    List<Fact> facts = new ArrayList<>();
    facts.add(
        fact(
            "requests that wait",
            count(waiting) + " of " + count(evidence.inFlight()) + " in flight"));
    address.ifPresent(a -> facts.add(fact("for", a)));
    if (evidence.rate() > 0) {
      facts.add(fact("wait per request", Words.millis(waiting / evidence.rate())));
    }
    evidence.connections().entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(3)
        .forEach(e -> facts.add(fact("connections to " + e.getKey(), count(e.getValue()))));
    waiters.stream()
        .limit(2)
        .forEach(w -> facts.add(fact("in " + w.where(), count(w.threads()) + " threads")));
    if (waiters.isEmpty()) {
      facts.add(fact("threads that wait", "none: the answers come by callbacks"));
    }
    return Optional.of(
        new Finding(
            Cause.DOWNSTREAM,
            share,
            percent(share)
                + " of a request's time goes to waiting for "
                + address.orElse("another server")
                + waiters.stream().findFirst().map(w -> ", in " + Words.brief(w.where())).orElse("")
                + ".",
            facts,
            Words.stacks(waiters)));
  }

  /** By Little's law: requests that wait, by requests a second, is the wait of each. */
  private static boolean isTrifle(double waiting, double rate) {
    return waiting < FEW && rate > 0 && waiting / rate < SHORT;
  }

  /** By the time of reads, where they were recorded; else by the connections. */
  private static Optional<String> address(Evidence evidence) {
    Map<String, Double> times = new HashMap<>();
    for (Wait wait : evidence.recording().waits()) {
      if (wait.kind() == WaitKind.SOCKET_READ
          && evidence.parties().applicationFrame(wait.trace().frames()).isPresent()) {
        times.merge(wait.detail(), (double) wait.nanos(), Double::sum);
      }
    }
    return times.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .or(() -> evidence.connections().entrySet().stream().max(Map.Entry.comparingByValue()))
        .map(Map.Entry::getKey);
  }
}
