package dev.cubit.target;

/**
 * Tells when processes that start have done so: they use the CPU no more, or have had long enough.
 */
final class Settling {
  private static final long SHORTEST_NANOS = 500_000_000L;
  private static final long LONGEST_NANOS = 5_000_000_000L;
  private static final double QUIET_CORES = 0.1;

  private final ProcessTree tree;
  private final long begin = System.nanoTime();
  private long windowBegin = begin;
  private long windowCpu;

  Settling(ProcessTree tree) {
    this.tree = tree;
    this.windowCpu = cpuNanos();
  }

  private long cpuNanos() {
    return tree.pids().stream().mapToLong(pid -> Proc.cpuNanos(pid).orElse(0L)).sum();
  }

  /** To be asked again and again. */
  boolean isSettled() {
    long now = System.nanoTime();
    if (now - begin > LONGEST_NANOS) {
      return true;
    }
    if (now - windowBegin < SHORTEST_NANOS) {
      return false;
    }
    long cpu = cpuNanos();
    boolean quiet = cpu - windowCpu < QUIET_CORES * (now - windowBegin);
    windowBegin = now;
    windowCpu = cpu;
    return quiet;
  }
}
