package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.fact;
import static dev.cubit.diagnose.doctor.Words.percent;

import dev.cubit.diagnose.ledger.MachineUse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kernel stops the process as it has used up what its control group may use. */
final class ThrottledRule implements Rule {
  private static final double PERIODS = 0.05;

  @Override
  public Optional<Finding> check(Evidence evidence) {
    Optional<MachineUse> use = evidence.use().filter(u -> u.throttledPeriods() >= PERIODS);
    return use.map(
        u ->
            new Finding(
                Cause.THROTTLED,
                Math.min(1, u.throttledPeriods()),
                "The container may use %s cores, and in %s of the periods it was stopped for having used them up."
                    .formatted(
                        String.format(Locale.ROOT, "%.2f", u.quotaCores()),
                        percent(u.throttledPeriods())),
                List.of(
                    fact("quota", String.format(Locale.ROOT, "%.2f cores", u.quotaCores())),
                    fact("used", String.format(Locale.ROOT, "%.2f cores", u.processCores())),
                    fact("periods in which it was stopped", percent(u.throttledPeriods())),
                    fact("stopped", percent(Math.min(1, u.throttledShare())) + " of the time"),
                    fact("machine busy", percent(evidence.machineBusy()))),
                HotCode.stacks(evidence, evidence.parties()::worksForApplication, 2)));
  }
}
