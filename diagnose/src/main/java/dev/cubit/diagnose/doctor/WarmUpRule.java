package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;

import dev.cubit.diagnose.jvm.NativeThread.Kind;
import dev.cubit.diagnose.ledger.Item;
import dev.cubit.diagnose.ledger.MachineUse;
import dev.cubit.diagnose.recording.Frame;
import java.util.List;
import java.util.Optional;

/** The JIT takes the CPU, and code runs that it has not compiled yet. */
final class WarmUpRule implements Rule {
  private static final double OF_PROCESS = 0.2;
  private static final double OF_MACHINE = 0.12;

  @Override
  public Optional<Finding> check(Evidence evidence) {
    Optional<MachineUse> use = evidence.use();
    double compiler = use.map(u -> u.cores(Kind.COMPILER)).orElse(0.0);
    double process = use.map(MachineUse::processCores).orElse(0.0);
    double share = process <= 0 ? 0 : compiler / process;
    double interpreted = evidence.cpuShare(WarmUpRule::isInterpreted);
    double running =
        evidence.ledger().share(Item.CPU)
            + evidence.ledger().share(Item.READY)
            + evidence.ledger().share(Item.CPU_QUEUE);
    boolean takesCores =
        compiler >= OF_MACHINE * use.map(MachineUse::cores).orElse(1)
            || use.map(MachineUse::throttledPeriods).orElse(0.0) >= 0.05;
    // requests that wait for something else are not held up by a compiler that is at work
    boolean matters = running >= 0.25 || evidence.machineBusy() >= 0.8;
    if (share < OF_PROCESS || !takesCores || !matters) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Cause.WARM_UP,
            Math.min(1, share + interpreted / 2),
            "The JIT still compiles: it takes "
                + percent(share)
                + " of the JVM's CPU time, and "
                + percent(interpreted)
                + " of the samples are in code that is interpreted.",
            List.of(
                fact("compiler threads, of the JVM's CPU time", percent(share)),
                fact("samples in interpreted code", percent(interpreted)),
                fact(
                    "compilations of 100 ms and more",
                    Integer.toString(evidence.recording().compilations().size())),
                fact(
                    "the JVM had run when the recording began",
                    Math.round(evidence.recording().jvm().startNanosBefore() / 1e9) + " s")),
            HotCode.stacks(evidence, WarmUpRule::isInterpreted, 2)));
  }

  private static boolean isInterpreted(List<Frame> frames) {
    return !frames.isEmpty() && frames.getFirst().kind() == Frame.Kind.INTERPRETED;
  }
}
