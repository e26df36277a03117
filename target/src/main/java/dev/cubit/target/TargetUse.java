package dev.cubit.target;

import java.time.Duration;
import java.util.List;

/**
 * What a target used of the machine while it was watched, all its processes together.
 *
 * @param cpu user and system time
 * @param meanRssBytes of the samples
 * @param processes at the end
 */
public record TargetUse(
    Duration wall,
    Duration cpu,
    long meanRssBytes,
    long maxRssBytes,
    int processes,
    List<UseSample> samples) {
  public TargetUse {
    samples = List.copyOf(samples);
  }

  /** Mean over the whole watch; 100 is one core. */
  public double cpuPercent() {
    return wall.isZero() ? 0 : 100.0 * cpu.toNanos() / wall.toNanos();
  }
}
