package dev.cubit.measure;

import dev.cubit.load.LoadException;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Ending;
import dev.cubit.load.Pace;
import dev.cubit.measure.CeilingResult.Row;
import dev.cubit.target.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Puts the same load on a target and on servers that do nothing, in rounds, so that whatever drifts
 * on the machine hits all alike. Each round begins with another contender:
 *
 * <pre>
 * round 1   target  hello   sized
 * round 2   hello   sized   target
 * round 3   sized   target  hello
 * </pre>
 *
 * <p>All contenders are up all the time, and idle while another is loaded. {@link #run} is called
 * once; {@link #stop} by any thread, at any time.
 */
public final class Ceiling {
  /** Enough for an interval, and for each contender to come first once. */
  public static final int ROUNDS = 3;

  private static final Duration PROBE = Duration.ofSeconds(1);

  /**
   * A server that is loaded.
   *
   * @param plan one round of load on it, see {@link Retarget}
   * @param process where its CPU time can be looked at
   */
  public record Contender(String name, LoadPlan plan, Optional<Watched> process) {}

  /** Starts a server that does nothing but answer with bodies of a size. */
  @FunctionalInterface
  public interface Sized {
    Contender answering(long bytes) throws TargetException;
  }

  private final Contender target;
  private final Contender hello;
  private final Optional<Sized> sized;
  private final int rounds;
  private final WarmUpPlan warmUp;
  private final Consumer<Stage> listener;
  private final Loads loads = new Loads();

  /**
   * @param sized is asked for a third contender once the median size of the target's responses is
   *     known
   * @param rounds at least 1
   * @param warmUp of each contender, before the first round
   * @param listener as of {@link Baseline}
   * @throws MeasureException where the load has a fixed rate: all contenders then would reach it
   */
  public Ceiling(
      Contender target,
      Contender hello,
      Optional<Sized> sized,
      int rounds,
      WarmUpPlan warmUp,
      Consumer<Stage> listener)
      throws MeasureException {
    if (!(target.plan().pace() instanceof Pace.AsAnswered)) {
      throw new MeasureException(
          "a ceiling is the most that can be reached, so the load cannot have a fixed rate: leave"
              + " the rate out");
    }
    if (rounds < 1) {
      throw new MeasureException("a ceiling is found in 1 round or more, not in " + rounds);
    }
    this.target = target;
    this.hello = hello;
    this.sized = sized;
    this.rounds = rounds;
    this.warmUp = warmUp;
    this.listener = listener;
  }

  /**
   * Loads all contenders in all rounds. Where {@link #stop} ended it, the result has the loads that
   * were complete.
   *
   * @throws LoadException where a load cannot begin
   * @throws MeasureException where the target answers nothing, or it was stopped before each
   *     contender was loaded once
   * @throws TargetException where the sized server does not start
   */
  public CeilingResult run()
      throws LoadException, MeasureException, TargetException, InterruptedException {
    List<Contender> contenders = new ArrayList<>(List.of(target, hello));
    LoadResult first = warm(target);
    if (!loads.stopped() && first.responses() == 0) {
      throw new MeasureException(
          target.name()
              + " answers nothing, so there is no share of a ceiling to find"
              + first.errors().values().stream()
                  .findFirst()
                  .map(e -> ": " + e.example())
                  .orElse(""));
    }
    if (sized.isPresent() && !loads.stopped()) {
      contenders.add(sized.get().answering(first.bodyBytes().getValueAtPercentile(50)));
    }
    for (Contender other : contenders.subList(1, contenders.size())) {
      if (!loads.stopped() && !(warmUp instanceof WarmUpPlan.None)) {
        warm(other);
      }
    }
    return told(contenders, rounds(contenders));
  }

  /** Without a warm-up the target is still asked what it answers. */
  private LoadResult warm(Contender contender) throws LoadException, InterruptedException {
    listener.accept(new Stage.Round(contender.name(), 0, rounds));
    WarmingUp warming = new WarmingUp(loads, contender.plan(), listener);
    return switch (warmUp) {
      case WarmUpPlan.None _ -> warming.run(new WarmUpPlan.For(PROBE, OptionalInt.empty())).load();
      case WarmUpPlan.For time -> warming.run(time).load();
      case WarmUpPlan.Auto auto -> warming.run(auto).load();
    };
  }

  private Map<Contender, List<Measured>> rounds(List<Contender> contenders)
      throws LoadException, InterruptedException {
    Map<Contender, List<Measured>> measured = new LinkedHashMap<>();
    contenders.forEach(c -> measured.put(c, new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < contenders.size() && !loads.stopped(); i++) {
        Contender next = contenders.get((i + round) % contenders.size());
        listener.accept(new Stage.Round(next.name(), round + 1, rounds));
        if (loads.stopped()) {
          break; // while it was told
        }
        Measured load =
            Measured.run(
                loads, next.plan(), next.process(), p -> listener.accept(new Stage.Measuring(p)));
        if (load.load().ending() != Ending.INTERRUPTED) {
          measured.computeIfAbsent(next, _ -> new ArrayList<>()).add(load);
        }
      }
    }
    return measured;
  }

  private CeilingResult told(List<Contender> contenders, Map<Contender, List<Measured>> measured)
      throws MeasureException {
    List<Row> rows = new ArrayList<>();
    for (Contender contender : contenders) {
      List<Measured> of = measured.getOrDefault(contender, List.of());
      if (of.isEmpty()) {
        throw new MeasureException(
            "stopped before "
                + contender.name()
                + " was loaded once: there is no share of a ceiling yet");
      }
      rows.add(Row.of(contender.name(), of));
    }
    return new CeilingResult(
        rows,
        rows.subList(1, rows.size()).stream()
            .map(ceiling -> CeilingShares.of(rows.getFirst(), ceiling))
            .toList(),
        loads.stopped());
  }

  /** Ends it now; {@link #run} returns soon, with what was complete. */
  public void stop() {
    loads.stop();
  }
}
