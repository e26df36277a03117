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
  private static final long LOOK_MILLIS = 20;
  private static final int MOST_LOOKS = 6;

  private final List<Long> roots;
  private final Optional<String> mark;

  /**
   * The tree below a process.
   *
   * @param mark a line of the environment, {@code NAME=value}, that only this tree has
   */
  ProcessTree(long root, Optional<String> mark) {
    this(List.of(root), mark);
  }

  /** The trees below several, as one. */
  ProcessTree(List<Long> roots, Optional<String> mark) {
    this.roots = List.copyOf(roots);
    this.mark = mark;
  }

  /**
   * What was found in /proc at one time.
   *
   * @param pids all that live, the root first where it does
   * @param nameless those without environment: they may belong to the tree or not
   */
  private record Look(List<Long> pids, List<Long> nameless) {
    boolean isSure() {
      return nameless.stream()
          .flatMap(pid -> Proc.stat(pid).stream())
          .allMatch(stat -> stat.isGone() || stat.isOfKernel());
    }
  }

  /** All that live, the root first where it does. */
  List<Long> pids() {
    return look().pids();
  }

  private Look look() {
    Set<Long> seen = new HashSet<>();
    List<Long> found = new ArrayList<>();
    List<Long> nameless = new ArrayList<>();
    for (long root : roots) {
      ProcessHandle.of(root)
          .ifPresent(
              handle -> {
                add(root, seen, found);
                handle.descendants().forEach(d -> add(d.pid(), seen, found));
              });
    }
    mark.ifPresent(
        line -> {
          long self = ProcessHandle.current().pid();
          for (long pid : Proc.pids()) {
            if (pid != self && !seen.contains(pid)) {
              String environment = Proc.environment(pid).orElse("?");
              if (environment.isEmpty()) {
                nameless.add(pid);
              } else if (Proc.hasLine(environment, line)) {
                add(pid, seen, found);
              }
            }
          }
        });
    return new Look(found, nameless);
  }

  /**
   * True where none lives. One that has left its parent, and at that moment becomes another
   * program, has no environment to be found by; and one may start another while it is looked for.
   * So none has to be seen twice, without such a process. One that never has an environment is not
   * waited for.
   */
  boolean isGone() {
    int sure = 0;
    for (int i = 0; i < MOST_LOOKS && sure < 2; i++) {
      if (i > 0) {
        pause(LOOK_MILLIS);
      }
      Look look = look();
      if (!look.pids().isEmpty()) {
        return false;
      }
      sure = look.isSure() ? sure + 1 : 0;
    }
    return true;
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

  /**
   * Asks all to end, and does not wait.
   *
   * @return those, by pid with the time of their start
   */
  Map<Long, Long> ask() {
    Map<Long, Long> known = new HashMap<>();
    signal(pids(known), false);
    return known;
  }

  /** Makes those end that have not after the grace time. */
  void await(Duration grace, Map<Long, Long> known) {
    long until = System.nanoTime() + grace.toNanos();
    while (!isGone(known) && System.nanoTime() < until) {
      pause(LOOK_MILLIS);
    }
    // one that is killed may have started another in its last moment
    for (int i = 0; i < 100 && !isGone(known); i++) {
      signal(pids(known), true);
      pause(LOOK_MILLIS);
    }
  }

  /** Asks all to end, and makes those end that have not after the grace time. */
  void end(Duration grace) {
    await(grace, ask());
  }

  private boolean isGone(Map<Long, Long> known) {
    return pids(known).isEmpty() && isGone();
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
