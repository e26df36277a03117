package dev.cubit.diagnose.doctor;

import dev.cubit.diagnose.jvm.JvmFacts;
import dev.cubit.diagnose.rules.RuleFinding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One use of the doctor, with all that reports tell of it.
 *
 * @param name under which it is kept
 * @param command the words after {@code cubit}, of which the first is {@code doctor}
 * @param jvm empty where only a recording was there
 * @param cost of the recording; empty where it was not measured
 * @param secondOpinion what the rules of JDK Mission Control say of the same recording, the gravest
 *     first
 */
public record Consultation(
    String name,
    Instant start,
    List<String> command,
    Optional<JvmFacts> jvm,
    Evidence evidence,
    Diagnosis diagnosis,
    Optional<Cost> cost,
    List<RuleFinding> secondOpinion) {
  public Consultation {
    command = List.copyOf(command);
    secondOpinion = List.copyOf(secondOpinion);
  }

  /**
   * What the recording costs the service, by loads before and after it that were not recorded.
   *
   * @param microsWithout CPU time per request of the service, not recorded
   * @param microsWith the same, recorded
   * @param rateWithout requests a second, not recorded
   * @param rateWith the same, recorded
   */
  public record Cost(double microsWithout, double microsWith, double rateWithout, double rateWith) {
    /** Share of CPU time per request that the recording adds: 0.05 is 5 %; may be below 0. */
    public double share() {
      return microsWithout <= 0 ? 0 : microsWith / microsWithout - 1;
    }
  }
}
