package dev.cubit.target;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The targets that are to end when the JVM does. A process is there a moment before it can be added
 * here: one that is added while all are ended, or after, is ended at once.
 */
final class LiveTargets {
  /** How long one that is needed may outlive the end of all others. */
  private static final Duration LONGEST_NEED = Duration.ofSeconds(10);

  private final Set<Target> targets = ConcurrentHashMap.newKeySet();
  private final Set<Target> needed = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  void add(Target target) {
    targets.add(target);
    if (ending) {
      target.close();
    }
  }

  void remove(Target target) {
    targets.remove(target);
    needed.remove(target);
  }

  /** It ends later than the others, as something is still asked of it. */
  void need(Target target) {
    needed.add(target);
  }

  void endAll() {
    ending = true;
    targets.stream().filter(target -> !needed.contains(target)).forEach(Target::close);
    long until = System.nanoTime() + LONGEST_NEED.toNanos();
    try {
      while (!needed.isEmpty() && System.nanoTime() < until) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    targets.forEach(Target::close);
  }
}
