package dev.cubit.scale.clone;

import dev.cubit.scale.clone.CloneStatus.State;
import dev.cubit.scale.topology.Care;
import dev.cubit.scale.topology.Care.Health;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks a clone that takes requests whether it is healthy, again and again, until it has ended. */
final class HealthWatch {
  /** While the plan has no question: whether it has one by now. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final CloneProcess process;
  private final Probe probe;
  private final Supplier<Care> care;
  private final Runnable onLost;
  private final HealthCount count = new HealthCount();

  private HealthWatch(CloneProcess process, Probe probe, Supplier<Care> care, Runnable onLost) {
    this.process = process;
    this.probe = probe;
    this.care = care;
    this.onLost = onLost;
  }

  /**
   * Begins to, on a thread of its own.
   *
   * @param care may change while it runs
   * @param onLost called when it has been unhealthy for as long as a new one may take to get ready,
   *     and again after each such time
   */
  static void begin(CloneProcess process, Probe probe, Supplier<Care> care, Runnable onLost) {
    HealthWatch watch = new HealthWatch(process, probe, care, onLost);
    Thread thread = Thread.ofVirtual().name("health-" + process.self().name()).start(watch::watch);
    process.ended().thenRun(thread::interrupt);
  }

  private void watch() {
    try {
      long unhealthySince = System.nanoTime();
      while (process.state() == State.READY || process.state() == State.UNHEALTHY) {
        Optional<Health> health = care.get().health();
        Thread.sleep(health.map(HealthCount::pause).orElse(IDLE));
        if (health.isEmpty()) {
          process.resume();
          continue;
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
    } catch (InterruptedException e) {
      // it has ended
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
