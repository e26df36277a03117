package dev.cubit.measure;

import dev.cubit.load.LoadResult;
import dev.cubit.target.Machine;
import dev.cubit.target.TargetUse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One load on a target, as it is kept.
 *
 * @param name a file name without its ending, unique in its store
 * @param command the words after {@code cubit} that led to it
 * @param machineBusy share of the machine's CPU that was in use, 0 to 1, by whatever
 * @param saturation present where the load generator was the limit: the figures then are a floor
 * @param ceiling present where the same load was put on a server that does nothing
 */
public record Run(
    String name,
    List<String> command,
    Question question,
    LoadResult load,
    Optional<TargetFacts> target,
    Optional<WarmUp> warmUp,
    Machine machine,
    double machineBusy,
    Optional<Saturation> saturation,
    Optional<CeilingShare> ceiling) {

  /**
   * What was asked, as far as a report tells it again.
   *
   * @param duration planned; empty where an amount was
   * @param arrivals {@code closed}, {@code constant} or {@code poisson}
   * @param overallRate planned requests a second; empty for the closed model
   * @param workers as asked, 0 for none: autocannon's word for threads
   */
  public record Question(
      Optional<String> title,
      List<String> urls,
      Optional<String> socketPath,
      String protocol,
      String method,
      int connections,
      int pipelining,
      int workers,
      Optional<Duration> duration,
      Optional<Long> amount,
      String arrivals,
      Optional<Double> overallRate,
      Optional<Double> connectionRate,
      Duration sampleInterval) {}

  /**
   * The target as a process; absent where it is not on this machine.
   *
   * @param command as it was started, or as found by its port
   */
  public record TargetFacts(String command, TargetUse use) {}

  /**
   * The load before the measured one.
   *
   * @param took until measuring began
   * @param settled false where it ended by its time bound, not because throughput had settled
   * @param method the test, or {@code time}
   * @param load what it gave, which is not among the figures of the run
   */
  public record WarmUp(Duration took, boolean settled, String method, LoadResult load) {}

  /**
   * The load generator was the limit.
   *
   * @param reason the sentence that tells which threshold was passed, and why it is there
   */
  public record Saturation(String reason) {}

  /**
   * What the run reaches of the ceiling.
   *
   * @param ceilingRequestsPerSecond of the server that does nothing, under the same load
   * @param floor true where the generator was saturated at the ceiling: the share then is at most
   *     this
   */
  public record CeilingShare(double ceilingRequestsPerSecond, double share, boolean floor) {}

  /**
   * CPU time that the target spent on one response, in microseconds, all its processes together;
   * empty where the target is no process here, or nothing was answered.
   */
  public OptionalDouble cpuMicrosPerResponse() {
    return target.isEmpty() || load.responses() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(target.get().use().cpu().toNanos() / 1e3 / load.responses());
  }

  /**
   * Share of the machine's CPU, 0 to 1, that neither the target nor Cubit used; empty where the
   * target is no process here. Too small where Cubit may use only some of the machine's cores.
   */
  public OptionalDouble othersBusy() {
    if (target.isEmpty()) {
      return OptionalDouble.empty();
    }
    TargetUse use = target.get().use();
    double own = use.cpu().plus(load.generator().cpu()).toNanos();
    double all = (double) use.wall().toNanos() * machine.cores();
    return OptionalDouble.of(all <= 0 ? 0 : Math.clamp(machineBusy - own / all, 0, 1));
  }

  public Run named(String other) {
    return new Run(
        other, command, question, load, target, warmUp, machine, machineBusy, saturation, ceiling);
  }

  /** The same with other figures, as of its warm-up. */
  public Run with(LoadResult other) {
    return new Run(
        name, command, question, other, target, warmUp, machine, machineBusy, saturation, ceiling);
  }

  public Run with(CeilingShare share) {
    return new Run(
        name,
        command,
        question,
        load,
        target,
        warmUp,
        machine,
        machineBusy,
        saturation,
        Optional.of(share));
  }
}
