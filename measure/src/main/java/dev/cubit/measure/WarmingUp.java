package dev.cubit.measure;

import dev.cubit.load.Connections;
import dev.cubit.load.Extent;
import dev.cubit.load.LoadException;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.LoadResult;
import dev.cubit.load.Pace;
import dev.cubit.load.Progress;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** The load before the measured one: the same but for its length. */
final class WarmingUp {
  private final Loads loads;
  private final LoadPlan plan;
  private final Consumer<Stage> listener;

  WarmingUp(Loads loads, LoadPlan plan, Consumer<Stage> listener) {
    this.loads = loads;
    this.plan = plan;
    this.listener = listener;
  }

  /** Warms up for a time. */
  Run.WarmUp run(WarmUpPlan.For time) throws LoadException, InterruptedException {
    long begin = System.nanoTime();
    LoadPlan warming = of(plan, time.duration());
    if (time.connections().isPresent()) {
      warming = warming.with(count(warming.connections(), time.connections().getAsInt()));
    }
    LoadResult result = loads.run(warming, p -> listener.accept(new Stage.WarmingUp(p)));
    return told(begin, false, "time", result);
  }

  /** Warms up until it has settled. */
  Run.WarmUp run(WarmUpPlan.Auto auto) throws LoadException, InterruptedException {
    long begin = System.nanoTime();
    Detector detector = new Detector(SteadyState.within(auto.bound()), this::speed);
    LoadResult result =
        loads.run(
            of(plan, auto.bound()),
            p -> {
              listener.accept(new Stage.WarmingUp(p));
              if (detector.settledBy(p)) {
                loads.finish();
              }
            });
    return told(begin, detector.settled, SteadyState.METHOD, result);
  }

  private Run.WarmUp told(long begin, boolean settled, String method, LoadResult result) {
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    listener.accept(new Stage.WarmedUp(took, settled));
    return new Run.WarmUp(took, settled, method, result);
  }

  /**
   * A figure that grows with the target's speed. With a fixed rate throughput is the same from the
   * first second on, and what grows is the speed of the single answer.
   */
  private double speed(LoadResult.Sample sample) {
    if (plan.pace() instanceof Pace.AsAnswered) {
      return sample.responses() / Math.max(1e-3, sample.length().toNanos() / 1e9);
    }
    return sample.p50Micros() == 0 ? 0 : 1e6 / sample.p50Micros();
  }

  /** Owned by the thread that tells the progress; its verdict is read once that is over. */
  private static final class Detector {
    private final SteadyState state;
    private final ToDoubleFunction<LoadResult.Sample> speed;
    private volatile boolean settled;

    Detector(SteadyState state, ToDoubleFunction<LoadResult.Sample> speed) {
      this.state = state;
      this.speed = speed;
    }

    boolean settledBy(Progress progress) {
      settled = state.offer(speed.applyAsDouble(progress.last())) == SteadyState.Verdict.SETTLED;
      return settled;
    }
  }

  /** The same load for a time: limits on the number of requests are of the measured one. */
  static LoadPlan of(LoadPlan plan, Duration duration) {
    Connections c = plan.connections();
    return plan.change()
        .connections(
            new Connections(
                c.count(),
                c.pipelining(),
                c.protocol(),
                c.requestsBeforeReconnect(),
                OptionalLong.empty(),
                c.unixSocket(),
                c.tls()))
        .extent(new Extent.Time(duration))
        .maxRequests(OptionalLong.empty())
        .bailout(OptionalInt.empty())
        .sampleInterval(SteadyState.INTERVAL)
        .plan();
  }

  private static Connections count(Connections c, int count) {
    return new Connections(
        count,
        c.pipelining(),
        c.protocol(),
        c.requestsBeforeReconnect(),
        c.maxRequestsEach(),
        c.unixSocket(),
        c.tls());
  }
}
