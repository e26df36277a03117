package dev.cubit.target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A process, its descendants, and those of them that have got away: a child whose parent has ended
 * belongs to init, but still has the mark in its environment that each process inherits.
 */
final class ProcessTree {
  private final long root;
  private final Optional<String> mark;

  /**
   * The tree below a process.
   *
   * @param mark a line of the environment, {@code NAME=value}, that only this tree has
   */
  ProcessTree(long root, Optional<String> mark) {
    this.root = root;
    this.mark = mark;
  }

  /** All that live, the root first where it does. */
  List<Long> pids() {
    Set<Long> seen = new HashSet<>();
    List<Long> found = new ArrayList<>();
    ProcessHandle.of(root)
        .ifPresent(
            handle -> {
              add(root, seen, found);
              handle.descendants().forEach(d -> add(d.pid(), seen, found));
            });
    mark.ifPresent(
        line -> {
          long self = ProcessHandle.current().pid();
          for (long pid : Proc.pids()) {
            if (pid != self && !seen.contains(pid) && Proc.hasInEnvironment(pid, line)) {
              add(pid, seen, found);
            }
          }
        });
    return found;
  }

  private static void add(long pid, Set<Long> seen, List<Long> found) {
    boolean lives = Proc.stat(pid).map(s -> !s.isGone()).orElse(!Proc.isThere());
    if (lives && seen.add(pid)) {
      found.add(pid);
    }
  }

  /**
   * All that live, and those that were there before and still end: they have lost their environment
   * already, by which they were found, but not yet their sockets.
   */
  private List<Long> pids(Map<Long, Long> known) {
    List<Long> found = pids();
    for (long pid : found) {
      Proc.stat(pid).ifPresent(s -> known.put(pid, s.startTicks()));
    }
    Set<Long> seen = new HashSet<>(found);
    known.forEach(
        (pid, start) -> {
          if (Proc.stat(pid).filter(s -> s.startTicks() == start).isPresent()) {
            add(pid, seen, found);
          }
        });
    return found;
  }

  /** Asks all to end, and makes those end that have not after the grace time. */
  void end(Duration grace) {
    Map<Long, Long> known = new HashMap<>();
    signal(pids(known), false);
    long until = System.nanoTime() + grace.toNanos();
    while (!pids(known).isEmpty() && System.nanoTime() < until) {
      pause(20);
    }
    // one that is killed may have started another in its last moment
    for (int i = 0; i < 100 && !pids(known).isEmpty(); i++) {
      signal(pids(known), true);
      pause(20);
    }
  }

  private static void signal(List<Long> pids, boolean forcibly) {
    for (long pid : pids) {
      ProcessHandle.of(pid)
          .ifPresent(
              handle -> {
                boolean asked = forcibly ? handle.destroyForcibly() : handle.destroy();
                if (!asked && handle.isAlive()) {
                  pause(1); // asked already
                }
              });
    }
  }

  /** An interruption does not keep processes alive: it is kept for later. */
  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      long until = System.nanoTime() + millis * 1_000_000;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      Thread.currentThread().interrupt();
    }
  }
}
