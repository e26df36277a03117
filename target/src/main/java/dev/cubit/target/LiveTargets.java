package dev.cubit.target;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The targets that are to end when the JVM does. A process is there a moment before it can be added
 * here: one that is added while all are ended, or after, is ended at once.
 */
final class LiveTargets {
  private final Set<Target> targets = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  void add(Target target) {
    targets.add(target);
    if (ending) {
      target.close();
    }
  }

  void remove(Target target) {
    targets.remove(target);
  }

  void endAll() {
    ending = true;
    targets.forEach(Target::close);
  }
}
