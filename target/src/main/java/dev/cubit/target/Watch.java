package dev.cubit.target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples the CPU time and memory of a process tree until it is stopped, on a thread of its own.
 *
 * <p>CPU time comes from the scheduler's account in nanoseconds. What a process had used stays
 * counted when it ends; what it used between the last sample and its end is lost. Samples are kept
 * to 2,000: then every second one goes, and the interval doubles.
 */
public final class Watch implements AutoCloseable {
  private static final int MOST_SAMPLES = 2_000;

  private final ProcessTree tree;
  private final Thread sampler;
  private final long begin = System.nanoTime();

  // guarded by this
  private final Map<Long, Long> firstCpu = new HashMap<>();
  private final Map<Long, Long> lastCpu = new HashMap<>();
  private List<UseSample> samples = new ArrayList<>();
  private Duration interval;
  private long lastNanos = begin;
  private long lastTotal;
  private long rssSum;
  private long rssCount;
  private long maxRss;
  private int processes;
  private boolean stopped;

  Watch(ProcessTree tree, Duration interval) {
    this.tree = tree;
    this.interval = interval;
    tree.pids().forEach(pid -> Proc.cpuNanos(pid).ifPresent(cpu -> firstCpu.put(pid, cpu)));
    this.sampler =
        Thread.ofPlatform().daemon().name("target-watch").start(this::sampleUntilStopped);
  }

  private void sampleUntilStopped() {
    try {
      while (true) {
        Duration pause;
        synchronized (this) {
          if (stopped) {
            return;
          }
          pause = interval;
        }
        Thread.sleep(pause);
        sample();
      }
    } catch (InterruptedException e) {
      // stopped
    }
  }

  private synchronized void sample() {
    if (stopped) {
      return;
    }
    long rss = 0;
    List<Long> pids = tree.pids();
    for (long pid : pids) {
      // one that was not there at the begin has used all that it has since then
      Proc.cpuNanos(pid).ifPresent(cpu -> lastCpu.merge(pid, cpu, Math::max));
      rss += Proc.rssBytes(pid).orElse(0L);
    }
    long now = System.nanoTime();
    long total = cpuNanos();
    double percent = 100.0 * (total - lastTotal) / Math.max(1, now - lastNanos);
    if (!pids.isEmpty()) {
      processes = pids.size();
      rssSum += rss;
      rssCount++;
      maxRss = Math.max(maxRss, rss);
      if (samples.size() == MOST_SAMPLES) {
        thinOut();
      }
      samples.add(new UseSample(Duration.ofNanos(now - begin), percent, rss));
    }
    lastNanos = now;
    lastTotal = total;
  }

  private void thinOut() {
    List<UseSample> fewer = new ArrayList<>();
    for (int i = 1; i < samples.size(); i += 2) {
      UseSample a = samples.get(i - 1);
      UseSample b = samples.get(i);
      fewer.add(
          new UseSample(
              b.at(), (a.cpuPercent() + b.cpuPercent()) / 2, Math.max(a.rssBytes(), b.rssBytes())));
    }
    samples = fewer;
    interval = interval.multipliedBy(2);
  }

  private long cpuNanos() {
    long sum = 0;
    for (Map.Entry<Long, Long> entry : lastCpu.entrySet()) {
      sum += Math.max(0, entry.getValue() - firstCpu.getOrDefault(entry.getKey(), 0L));
    }
    return sum;
  }

  /** What was used from the begin until now. */
  public synchronized TargetUse soFar() {
    sample();
    return new TargetUse(
        Duration.ofNanos(lastNanos - begin),
        Duration.ofNanos(cpuNanos()),
        rssCount == 0 ? 0 : rssSum / rssCount,
        maxRss,
        processes,
        samples);
  }

  /** Ends the watch. */
  public TargetUse stop() {
    TargetUse use = soFar();
    close();
    return use;
  }

  @Override
  public void close() {
    synchronized (this) {
      stopped = true;
    }
    sampler.interrupt();
  }
}
