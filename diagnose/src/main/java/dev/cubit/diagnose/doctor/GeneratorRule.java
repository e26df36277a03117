package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.ledger.Item;
import dev.cubit.diagnose.ledger.Ledger;
import dev.cubit.diagnose.ledger.Traffic;
import dev.cubit.diagnose.ledger.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** More could not be sent, or the cores that the service lacks are not taken by its own work. */
final class GeneratorRule implements Rule {
  private static final double GENERATOR_FULL = 0.9;
  private static final double MACHINE_FULL = 0.85;
  private static final double APPLICATION = 0.25;
  private static final double SHARE = 0.25;

  /** Threads on a core, in a recording that does not tell of those that want one. */
  private static final double OF_A_RECORDING = 0.5;

  @Override
  public Optional<Finding> check(Evidence evidence) {
    double busy = evidence.traffic().map(Traffic::generatorBusy).orElse(0.0);
    double machine = evidence.machineBusy();
    double jvm = evidence.jvmShare();
    double work = evidence.applicationWork();
    boolean generatorFull = busy >= GENERATOR_FULL;
    boolean machineFull = machine >= MACHINE_FULL && (work < APPLICATION || jvm < 0.3 * machine);
    double share = generatorFull ? busy : heldUp(evidence);
    boolean few =
        tells(evidence.ledger())
            && share * evidence.inFlight() < (evidence.ledger().known() ? 1 : OF_A_RECORDING);
    if (!(generatorFull || machineFull) || share < SHARE || few) {
      return Optional.empty();
    }
    List<Fact> facts = new ArrayList<>();
    evidence
        .traffic()
        .ifPresent(t -> facts.add(fact("load generator's busiest thread", percent(busy))));
    facts.add(fact("machine busy", percent(machine)));
    facts.add(fact("of that the JVM", percent(machine <= 0 ? 0 : jvm / machine)));
    evidence
        .use()
        .ifPresent(u -> facts.add(fact("taken by the host of this machine", percent(u.steal()))));
    facts.add(fact("application's work, of the JVM's CPU time", percent(work)));
    return Optional.of(
        new Finding(
            Cause.GENERATOR,
            share,
            generatorFull
                ? "The load generator's thread is busy for "
                    + percent(busy)
                    + " of the time: the service could take more than it was sent."
                : "The machine is full, and only "
                    + percent(jvm * work / machine)
                    + " of that is the application's work: the rest is the load generator, other"
                    + " programs, the kernel and the serving itself.",
            facts,
            List.of()));
  }

  /**
   * Share of the requests' time that a full machine explains: threads that only wait would do so on
   * an empty one as well. All of it where nothing is known of what they do.
   */
  private static double heldUp(Evidence evidence) {
    Ledger ledger = evidence.ledger();
    return tells(ledger)
        ? Math.min(
            1,
            ledger.share(Item.CPU)
                + ledger.share(Item.READY)
                + ledger.share(Item.CPU_QUEUE)
                + (loopRuns(ledger) ? ledger.share(Item.LOOP_QUEUE) : 0)
                + ledger.share(Item.GENERATOR)
                + (PinnedRule.carriersKept(ledger) < 1 ? ledger.share(Item.NO_CARRIER) : 0))
        : 1;
  }

  private static boolean tells(Ledger ledger) {
    return ledger.known() || !ledger.parts().isEmpty();
  }

  /** False where the busiest loop mostly waits: what queues before it needs no core. */
  private static boolean loopRuns(Ledger ledger) {
    return ledger.workers().stream()
        .filter(Workers::loop)
        .findFirst()
        .map(loop -> loop.waiting() < 0.5 * loop.busy())
        .orElse(true);
  }
}
