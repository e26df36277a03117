package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.doctor.Finding.Stack;
import dev.cubit.diagnose.ledger.Activity;
import dev.cubit.diagnose.ledger.Item;
import dev.cubit.diagnose.ledger.Workers;
import dev.cubit.diagnose.recording.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An event loop works or waits so long for one request that the others wait for the loop. */
final class EventLoopRule implements Rule {
  private static final double MACHINE_FULL = 0.85;
  private static final double LONG_SECONDS = 0.002;

  @Override
  public Optional<Finding> check(Evidence evidence) {
    List<Workers> full =
        evidence.ledger().workers().stream().filter(w -> w.loop() && w.isSaturated()).toList();
    if (full.isEmpty()) {
      return Optional.empty();
    }
    Workers loop = full.getFirst();
    double perRequest = evidence.rate() <= 0 ? 0 : loop.busy() * full.size() / evidence.rate();
    boolean coresLeft = evidence.machineBusy() < MACHINE_FULL;
    boolean waits = loop.waiting() >= 0.5 * loop.busy();
    if (loop.application() < 0.5 * loop.busy()
        || !(coresLeft || waits || perRequest >= LONG_SECONDS)) {
      return Optional.empty();
    }
    Optional<Frame> site = evidence.parties().applicationFrame(loop.example());
    double share =
        evidence.ledger().known()
            ? Math.max(
                0.5, evidence.ledger().share(Item.LOOP_QUEUE) + evidence.ledger().share(Item.CPU))
            : loop.busy();
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("event loop", loop.name()));
    facts.add(fact("busy", percent(loop.busy()) + " of the time"));
    facts.add(fact("in the application's code", percent(loop.application())));
    loop.doing().entrySet().stream()
        .filter(e -> e.getKey() != Activity.RUNNING)
        .sorted(Map.Entry.<Activity, Double>comparingByValue().reversed())
        .limit(2)
        .forEach(e -> facts.add(fact(e.getKey().text(), percent(e.getValue()) + " of the time")));
    if (perRequest > 0) {
      facts.add(fact("time on the loop per request", Words.millis(perRequest)));
    }
    facts.add(
        fact(
            "requests that wait for the loop",
            Words.count(evidence.ledger().requests(Item.LOOP_QUEUE))
                + " of "
                + Words.count(evidence.inFlight())
                + " in flight"));
    List<Stack> stacks = new ArrayList<>();
    stacks.add(new Stack("seen most on the loop", loop.example()));
    if (!waits) {
      stacks.addAll(HotCode.stacks(evidence, evidence.parties()::worksForApplication, 2));
    }
    return Optional.of(
        new Finding(
            Cause.EVENT_LOOP,
            Math.min(1, share),
            "The event loop '"
                + loop.name()
                + "' is "
                + (waits ? "held up by " : "kept busy by ")
                + site.map(f -> Words.brief(f.name())).orElse("the application")
                + (perRequest > 0 ? " for " + Words.millis(perRequest) + " a request" : "")
                + "; all others wait for it.",
            facts,
            stacks));
  }
}
