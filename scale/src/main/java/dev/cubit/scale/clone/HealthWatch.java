package dev.cubit.scale.clone;

import dev.cubit.scale.clone.CloneStatus.State;
import dev.cubit.scale.topology.Care;
import dev.cubit.scale.topology.Care.Health;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks a clone that takes requests whether it is healthy, again and again, until it has ended. */
final class HealthWatch {
  /** While the plan has no question: whether it has one by now. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final CloneProcess process;
  private final Probe probe;
  private final Supplier<Care> care;
  private final Runnable onLost;
  private final Rounds rounds;
  private final HealthCount count = new HealthCount();
  private long unhealthySince = System.nanoTime();

  private HealthWatch(
      CloneProcess process,
      Probe probe,
      Supplier<Care> care,
      Runnable onLost,
      Consumer<String> onBug) {
    this.process = process;
    this.probe = probe;
    this.care = care;
    this.onLost = onLost;
    this.rounds = new Rounds(onBug);
  }

  /**
   * Begins to, on a thread of its own.
   *
   * @param care may change while it runs
   * @param onLost called when it has been unhealthy for as long as a new one may take to get ready,
   *     and again after each such time
   * @param onBug told of a bug of ours, after which it goes on
   */
  static void begin(
      CloneProcess process,
      Probe probe,
      Supplier<Care> care,
      Runnable onLost,
      Consumer<String> onBug) {
    HealthWatch watch = new HealthWatch(process, probe, care, onLost, onBug);
    Thread thread = Thread.ofVirtual().name("health-" + process.self().name()).start(watch::watch);
    process.ended().thenRun(thread::interrupt);
  }

  private void watch() {
    try {
      while (process.state() == State.READY || process.state() == State.UNHEALTHY) {
        rounds.go(this::round);
      }
    } catch (InterruptedException e) {
      // it has ended
    }
  }

  private void round() throws InterruptedException {
    Optional<Health> health = care.get().health();
    Thread.sleep(health.map(HealthCount::pause).orElse(IDLE));
    if (health.isEmpty()) {
      process.resume();
      return;
    }
    boolean wasHealthy = process.state() == State.READY;
    look(health.get());
    long now = System.nanoTime();
    if (wasHealthy || process.state() == State.READY) {
      unhealthySince = now;
    } else if (now - unhealthySince > care.get().readyTimeout().toNanos()) {
      unhealthySince = now;
      onLost.run();
    }
  }

  private void look(Health health) throws InterruptedException {
    Clone clone = process.self();
    Optional<String> unwell = probe.health(clone.host(), clone.port(), health);
    boolean isHealthy = process.state() == State.READY;
    if (count.turns(isHealthy, unwell.isEmpty(), health)) {
      unwell.ifPresentOrElse(process::suspend, process::resume);
    }
  }
}
