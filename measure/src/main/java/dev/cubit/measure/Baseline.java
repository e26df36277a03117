package dev.cubit.measure;

import dev.cubit.load.LoadException;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.LoadResult.Ending;
import dev.cubit.target.Machine;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures a target: warms it up, loads it, watches it and the machine meanwhile, and tells it all
 * as a {@link Run}, which has no name until it is saved.
 *
 * <p>{@link #run} is called once; {@link #stop} by any thread, at any time.
 */
public final class Baseline {
  private final LoadPlan plan;
  private final Run.Question question;
  private final List<String> command;
  private final WarmUpPlan warmUp;
  private final Optional<Watched> target;
  private final Consumer<Stage> listener;
  private final Loads loads = new Loads();

  /**
   * @param question what was asked, as reports tell it again
   * @param command the words after {@code cubit}
   * @param target empty where it is not on this machine
   * @param listener is told how far it is, on other threads than the caller's of {@link #run}, one
   *     at a time
   */
  public Baseline(
      LoadPlan plan,
      Run.Question question,
      List<String> command,
      WarmUpPlan warmUp,
      Optional<Watched> target,
      Consumer<Stage> listener) {
    this.plan = plan;
    this.question = question;
    this.command = List.copyOf(command);
    this.warmUp = warmUp;
    this.target = target;
    this.listener = listener;
  }

  /**
   * Measures, and returns when that is over. Where {@link #stop} ended it, the run has what was
   * measured until then; where that was still the warm-up, or the warm-up lost the target, the load
   * of the warm-up is the load of the run.
   *
   * @throws LoadException where the load cannot begin
   */
  public Run run() throws LoadException, InterruptedException {
    Optional<Run.WarmUp> warmed = warmUp();
    if (warmed.isPresent() && warmed.get().load().ending() != Ending.COMPLETED) {
      Run.WarmUp cut = warmed.get();
      Optional<Run.Saturation> saturation = SaturationCheck.of(cut.load(), plan);
      return told(new Measured(cut.load(), Optional.empty(), 0, saturation), Optional.empty());
    }
    return told(
        Measured.run(loads, plan, target, p -> listener.accept(new Stage.Measuring(p))), warmed);
  }

  private Optional<Run.WarmUp> warmUp() throws LoadException, InterruptedException {
    WarmingUp warming = new WarmingUp(loads, plan, listener);
    return switch (warmUp) {
      case WarmUpPlan.None _ -> Optional.empty();
      case WarmUpPlan.For time -> Optional.of(warming.run(time));
      case WarmUpPlan.Auto auto -> Optional.of(warming.run(auto));
    };
  }

  private Run told(Measured measured, Optional<Run.WarmUp> warmed) {
    Optional<Run.TargetFacts> facts =
        target.flatMap(t -> measured.use().map(use -> new Run.TargetFacts(t.command(), use)));
    return new Run(
        "unnamed",
        command,
        question,
        measured.load(),
        facts,
        warmed,
        Machine.here(),
        measured.machineBusy(),
        measured.saturation(),
        Optional.empty());
  }

  /** Ends it now; {@link #run} returns soon, with what was measured so far. */
  public void stop() {
    loads.stop();
  }
}
