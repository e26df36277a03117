package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.count;
import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.doctor.Finding.Stack;
import dev.cubit.diagnose.ledger.Item;
import dev.cubit.diagnose.ledger.Ledger;
import dev.cubit.diagnose.ledger.Ledger.Part;
import dev.cubit.diagnose.ledger.MachineUse;
import dev.cubit.diagnose.ledger.Waiters;
import dev.cubit.diagnose.recording.Recording.Wait;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Virtual threads wait and keep their carriers, so that others that are ready cannot run. */
final class PinnedRule implements Rule {
  private static final double OF_CARRIERS = 0.5;

  @Override
  public Optional<Finding> check(Evidence evidence) {
    List<Waiters> pinned = pinned(evidence.ledger());
    double seen = carriersKept(evidence.ledger());
    double recorded = evidence.waiting(WaitKind.PINNED);
    double threads = evidence.dumps().isEmpty() ? recorded : seen;
    double carriers =
        evidence.use().map(MachineUse::cores).orElse(Runtime.getRuntime().availableProcessors());
    if (threads < OF_CARRIERS * carriers) {
      return Optional.empty();
    }
    double ready = evidence.ledger().requests(Item.NO_CARRIER);
    double share =
        evidence.inFlight() <= 0 ? 0.5 : Math.min(1, (threads + ready) / evidence.inFlight());
    List<Wait> events =
        evidence.recording().waits().stream()
            .filter(w -> w.kind() == WaitKind.PINNED)
            .sorted(Comparator.comparingLong(Wait::nanos).reversed())
            .toList();
    List<Stack> stacks = new ArrayList<>(Words.stacks(pinned));
    events.stream()
        .limit(1)
        .forEach(
            w ->
                stacks.add(
                    new Stack("pinned for " + Words.millis(w.nanos() / 1e9), w.trace().frames())));
    List<Fact> facts = new ArrayList<>();
    facts.add(
        fact(
            "pinned in the mean",
            count(threads) + " threads, on " + count(carriers) + " carriers"));
    facts.add(fact("ready without a carrier", count(ready) + " requests"));
    events.stream()
        .map(Wait::detail)
        .filter(d -> !d.isEmpty())
        .findFirst()
        .ifPresent(reason -> facts.add(fact("reason", reason)));
    String where =
        pinned.stream()
            .findFirst()
            .map(Waiters::where)
            .or(
                () ->
                    events.stream()
                        .findFirst()
                        .flatMap(w -> evidence.parties().applicationFrame(w.trace().frames()))
                        .map(f -> f.name()))
            .orElse("native code");
    return Optional.of(
        new Finding(
            Cause.PINNED,
            share,
            count(threads)
                + " virtual threads wait in "
                + Words.brief(where)
                + " and keep their carrier threads; "
                + percent(share)
                + " of the requests are held up by that.",
            facts,
            stacks));
  }

  private static List<Waiters> pinned(Ledger ledger) {
    return ledger.parts().stream()
        // a file is always waited for with the carrier: that is the disk's fault
        .filter(part -> part.item() != Item.DISK)
        .map(Part::waiters)
        .flatMap(List::stream)
        .filter(w -> w.pinned() > 0)
        .sorted(Comparator.comparingDouble(Waiters::pinned).reversed())
        .toList();
  }

  /** Carriers whose virtual threads wait on them, in the mean. */
  static double carriersKept(Ledger ledger) {
    return pinned(ledger).stream().mapToDouble(Waiters::pinned).sum();
  }
}
