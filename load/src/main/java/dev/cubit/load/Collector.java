package dev.cubit.load;

import dev.cubit.load.LoadResult.Ending;
import dev.cubit.load.LoadResult.GeneratorUse;
import dev.cubit.load.LoadResult.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Puts the loops' snapshots together: interval by interval into samples, all of them into the
 * result. Owned by the run's thread.
 */
final class Collector {
  private final LoadPlan plan;
  private final Consumer<Progress> progress;
  private final boolean open;
  private final Tally total;
  private final SampleSeries samples = new SampleSeries();
  private final List<Deque<Loop.Snapshot>> waiting = new ArrayList<>();
  private final boolean[] ended;
  private final double[] busy;
  private int over;
  private long responsesInTime;
  private long bytesInTime;
  private long lastSampleAt;
  private long endedAt;

  Collector(LoadPlan plan, Consumer<Progress> progress) {
    this.plan = plan;
    this.progress = progress;
    this.open = !(plan.pace() instanceof Pace.AsAnswered);
    this.total = new Tally(open);
    this.ended = new boolean[plan.threads()];
    this.busy = new double[plan.threads()];
    for (int i = 0; i < plan.threads(); i++) {
      waiting.add(new ArrayDeque<>());
    }
  }

  boolean complete() {
    return over == plan.threads();
  }

  void add(Loop.Snapshot snapshot) {
    switch (snapshot.kind()) {
      case TICK, END -> {
        waiting.get(snapshot.loop()).add(snapshot);
        sampleWhatIsComplete();
      }
      case OVER -> {
        total.add(snapshot.tally());
        over++;
      }
    }
  }

  /** A sample is complete when each loop has told of it, or had ended before. */
  private void sampleWhatIsComplete() {
    while (true) {
      Tally interval = new Tally(open);
      long at = 0;
      boolean any = false;
      for (int i = 0; i < ended.length; i++) {
        if (waiting.get(i).isEmpty() && !ended[i]) {
          return;
        }
        any |= !waiting.get(i).isEmpty();
      }
      if (!any) {
        return;
      }
      for (int i = 0; i < ended.length; i++) {
        Loop.Snapshot next = waiting.get(i).poll();
        if (next != null) {
          interval.add(next.tally());
          at = Math.max(at, next.at());
          busy[i] = next.busyShare();
          ended[i] = next.kind() == Loop.Snapshot.Kind.END;
        }
      }
      sample(interval, at);
    }
  }

  private void sample(Tally interval, long at) {
    Histogram latency = interval.latency(open);
    Sample sample =
        new Sample(
            Duration.ofNanos(at),
            Duration.ofNanos(Math.max(1, at - lastSampleAt)),
            interval.responses,
            interval.bytesRead,
            interval.errorCount(),
            latency.getValueAtPercentile(50),
            latency.getValueAtPercentile(99),
            latency.getMaxValue());
    lastSampleAt = at;
    endedAt = at;
    samples.add(sample);
    responsesInTime += interval.responses;
    bytesInTime += interval.bytesRead;
    total.add(interval);
    progress.accept(
        new Progress(
            sample.at(), done(at), sample, total.responses, total.errorCount() + total.mismatches));
  }

  private OptionalDouble done(long at) {
    double share =
        switch (plan.extent()) {
          case Extent.Time time -> at / (double) time.duration().toNanos();
          case Extent.Count count ->
              (total.responses + total.errorCount()) / (double) count.requests();
        };
    return OptionalDouble.of(Math.min(1, share));
  }

  /** True where a load by count ended before the count was reached. */
  boolean lost() {
    return plan.extent() instanceof Extent.Count count && total.sent < count.requests();
  }

  LoadResult result(Instant start, Ending ending, String transport, Duration cpu) {
    List<Double> shares = new ArrayList<>();
    for (double share : busy) {
      shares.add(share);
    }
    return new LoadResult(
        start,
        start.plusNanos(endedAt),
        Duration.ofNanos(endedAt),
        ending,
        total.sent,
        total.responses,
        responsesInTime,
        statuses(),
        total.mismatches,
        total.mismatchExample,
        Collections.unmodifiableMap(
            total.errors.isEmpty() ? new EnumMap<>(ErrorKind.class) : new EnumMap<>(total.errors)),
        total.resets,
        total.opened,
        total.unsent,
        total.unanswered,
        bytesInTime,
        total.bytesWritten,
        total.latency(open),
        total.service,
        total.lateness,
        total.connectionWait,
        total.connectTime,
        total.bodyBytes,
        samples.toList(),
        new GeneratorUse(transport, shares, cpu));
  }

  private SortedMap<Integer, Long> statuses() {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    for (int i = 0; i < total.statuses.length; i++) {
      if (total.statuses[i] > 0) {
        counts.put(i, total.statuses[i]);
      }
    }
    return Collections.unmodifiableSortedMap(counts);
  }
}
