package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.count;
import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;
import static java.util.stream.Collectors.joining;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.doctor.Finding.Stack;
import dev.cubit.diagnose.ledger.Activity;
import dev.cubit.diagnose.ledger.Item;
import dev.cubit.diagnose.ledger.Waiters;
import dev.cubit.diagnose.ledger.Workers;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Requests wait for one of a limited number: a thread of a pool, a connection, a permit, a carrier.
 * More of them would help, as there is CPU left; or they would be free sooner, were they not kept
 * over a wait.
 */
final class PoolRule implements Rule {
  private static final double SHARE = 0.25;
  private static final double QUEUE_SHARE = 0.4;
  private static final double MACHINE_FULL = 0.85;
  private static final List<Item> HELD_OVER =
      List.of(Item.NETWORK, Item.SLEEP, Item.DISK, Item.LOCK);

  @Override
  public Optional<Finding> check(Evidence evidence) {
    return Stream.of(
            permits(evidence), threads(evidence), carriers(evidence), connections(evidence))
        .flatMap(Optional::stream)
        .max(Comparator.comparingDouble(Finding::share));
  }

  private static Optional<Finding> permits(Evidence evidence) {
    double waiting = evidence.ledger().requests(Item.PERMIT);
    double share = evidence.ledger().share(Item.PERMIT);
    if (share < SHARE || waiting < 1 || holdersRun(evidence)) {
      return Optional.empty();
    }
    List<Waiters> waiters = evidence.ledger().waiters(Item.PERMIT);
    Waiters most = waiters.getFirst();
    List<Fact> facts = new ArrayList<>();
    facts.add(
        fact(
            "requests that wait for it",
            count(waiting) + " of " + count(evidence.inFlight()) + " in flight"));
    facts.add(fact("waited for in", most.where() + " (" + most.how() + ")"));
    Optional<Frame> pool = pool(most, evidence.parties());
    pool.map(Frame::name)
        .or(
            () ->
                most.blockers().entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey))
        .ifPresent(name -> facts.add(fact("pool", name)));
    others(evidence, facts);
    return Optional.of(
        new Finding(
            Cause.POOL,
            share,
            percent(share)
                + " of the requests in flight wait in "
                + Words.brief(most.where())
                + " until another gives back what is pooled there ("
                + pool.map(f -> Words.brief(f.name())).orElse(most.how())
                + ").",
            facts,
            Words.stacks(waiters)));
  }

  /** More of them would not help: those that have one are at work, on cores that are all taken. */
  private static boolean holdersRun(Evidence evidence) {
    double wait = HELD_OVER.stream().mapToDouble(evidence.ledger()::requests).sum();
    return wait < evidence.ledger().requests(Item.CPU) && new CpuRule().check(evidence).isPresent();
  }

  /**
   * The library's method that the application's thread went into for what is pooled: of the first
   * library above the wait, the outermost frame. Empty where the wait is the application's own.
   */
  private static Optional<Frame> pool(Waiters waiters, Parties parties) {
    Optional<Frame> outermost = Optional.empty();
    for (Frame frame : waiters.example()) {
      Party party = parties.of(frame);
      if (party == Party.APPLICATION
          || outermost.filter(o -> !library(o).equals(library(frame))).isPresent()) {
        break;
      }
      if (party == Party.DEPENDENCY) {
        outermost = Optional.of(frame);
      }
    }
    return outermost;
  }

  /** {@code com.zaxxer.hikari} of {@code com.zaxxer.hikari.pool}. */
  private static String library(Frame frame) {
    return Stream.of(frame.packageName().split("\\.", -1)).limit(3).collect(joining("."));
  }

  /** What those do that have one. */
  private static void others(Evidence evidence, List<Fact> facts) {
    for (Item item : HELD_OVER) {
      double n = evidence.ledger().requests(item);
      if (n >= 0.5) {
        evidence.ledger().waiters(item).stream()
            .findFirst()
            .ifPresent(
                w ->
                    facts.add(
                        fact(count(n) + " others are " + item.text(), w.where() + ", " + w.how())));
      }
    }
  }

  private static Optional<Finding> threads(Evidence evidence) {
    Optional<Workers> full =
        evidence.ledger().workers().stream()
            .filter(w -> !w.loop() && w.isSaturated() && w.threads() > 0)
            .max(Comparator.comparingDouble(w -> w.busy() * w.threads()));
    if (full.isEmpty()) {
      return Optional.empty();
    }
    Workers pool = full.get();
    double queue = evidence.ledger().requests(Item.POOL_QUEUE);
    double results = evidence.ledger().requests(Item.RESULT);
    double waiting = queue + results;
    double share = evidence.inFlight() <= 0 ? 0 : Math.min(1, waiting / evidence.inFlight());
    boolean idleCores = evidence.machineBusy() < MACHINE_FULL;
    boolean cannotHelp = pool.doing().getOrDefault(Activity.LOCK, 0.0) > 0.5;
    if (share < QUEUE_SHARE
        || waiting < 1
        || cannotHelp
        || (pool.waiting() < 0.5 * pool.busy() && !idleCores)) {
      return Optional.empty();
    }
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("pool", pool.name() + ", " + pool.threads() + " threads"));
    facts.add(fact("busy", percent(pool.busy()) + " of their time"));
    facts.add(fact("of that waiting", percent(pool.waiting() / pool.busy())));
    facts.add(
        fact(
            "requests that wait for a thread",
            count(waiting) + " of " + count(evidence.inFlight()) + " in flight"));
    pool.doing().entrySet().stream()
        .sorted(Map.Entry.<Activity, Double>comparingByValue().reversed())
        .limit(3)
        .forEach(e -> facts.add(fact("its threads: " + e.getKey().text(), percent(e.getValue()))));
    return Optional.of(
        new Finding(
            Cause.POOL,
            share,
            "All "
                + pool.threads()
                + " threads of the pool '"
                + pool.name()
                + "' are taken"
                + (pool.waiting() >= 0.5 * pool.busy() ? ", and most of them only wait" : "")
                + "; "
                + percent(share)
                + " of the requests in flight wait for one of them.",
            facts,
            List.of(new Stack("a thread of the pool", pool.example()))));
  }

  private static Optional<Finding> carriers(Evidence evidence) {
    double share = evidence.ledger().share(Item.NO_CARRIER);
    double waiting = evidence.ledger().requests(Item.NO_CARRIER);
    if (share < QUEUE_SHARE || waiting < 1 || evidence.machineBusy() >= MACHINE_FULL) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Cause.POOL,
            share,
            percent(share)
                + " of the requests are in virtual threads that are ready to run, and no carrier"
                + " thread is free, though the machine has cores left.",
            List.of(
                fact("ready without a carrier", count(waiting) + " requests"),
                fact("machine busy", percent(evidence.machineBusy()))),
            Words.stacks(evidence.ledger().waiters(Item.NO_CARRIER))));
  }

  /**
   * Requests that no thread has, and fewer connections to another server than there are of them.
   */
  private static Optional<Finding> connections(Evidence evidence) {
    double open =
        evidence.connections().values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double waiting = evidence.ledger().requests(Item.UNEXPLAINED);
    double share = evidence.ledger().unexplained();
    if (open < 0.5 || waiting < open || share < QUEUE_SHARE || waiting < 4) {
      return Optional.empty();
    }
    String address =
        evidence.connections().entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("");
    return Optional.of(
        new Finding(
            Cause.POOL,
            share,
            "No thread works on "
                + percent(share)
                + " of the requests: they wait for one of the "
                + count(open)
                + " connections to "
                + address
                + ".",
            List.of(
                fact("connections to " + address, count(open)),
                fact("requests in flight", count(evidence.inFlight()))),
            List.of()));
  }
}
