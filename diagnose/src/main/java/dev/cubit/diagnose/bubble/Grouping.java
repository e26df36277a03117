package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.bubble.Edge.Kind;
import dev.cubit.diagnose.bubble.Place.Group;
import dev.cubit.diagnose.jvm.ThreadDump;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.Counters;
import dev.cubit.diagnose.recording.Recording.CpuSample;
import dev.cubit.diagnose.recording.Recording.Pause;
import dev.cubit.diagnose.recording.Recording.Wait;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import dev.cubit.diagnose.recording.Trace;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;

/** Groups one recording, in two passes: the first finds the groups, the second fills them. */
final class Grouping {
  private static final Group PAUSES = new Group(Area.GC, "GC pauses");

  /** Less of the time in flight than this needs no reason. */
  private static final double WORTH_A_REASON = 0.1;

  private final Recording recording;
  private final Parties parties;
  private final double inFlightSeconds;
  private final List<Wait> waits;
  private final Places places;
  private final Slices time;
  private final Collected collected;
  private final Crowds crowds;
  private final Holders holders;
  private Optional<Queue> queue = Optional.empty();

  Grouping(Recording recording, Parties parties, double inFlightSeconds) {
    this.recording = recording;
    this.parties = parties;
    this.waits = Nested.outermost(recording.waits());
    this.places = new Places(parties, new Clients(recording.waits()));
    this.time = time(recording);
    double length = Math.max(1, recording.length().toNanos());
    this.inFlightSeconds = inFlightSeconds * time.length() / length;
    this.collected = new Collected(time);
    this.crowds = new Crowds(sizes());
    this.holders = new Holders(waits, recording.cpu(), places, crowds);
  }

  /** From the first to the last that was measured: a recording begins with words about itself. */
  private static Slices time(Recording recording) {
    LongSummaryStatistics times = new LongSummaryStatistics();
    for (Wait wait : recording.waits()) {
      times.accept(wait.at());
      times.accept(wait.at() + wait.nanos());
    }
    recording.cpu().forEach(sample -> times.accept(sample.at()));
    recording.counters().forEach(look -> times.accept(look.at()));
    recording.pauses().forEach(pause -> times.accept(pause.at()));
    return times.getCount() == 0
        ? new Slices(0, Math.max(1, recording.length().toNanos()), Bubbles.SLICES)
        : new Slices(times.getMin(), Math.max(1, times.getMax() - times.getMin()), Bubbles.SLICES);
  }

  private Map<Group, Double> sizes() {
    Map<Group, Double> sizes = new HashMap<>();
    for (Wait wait : waits) {
      Place place = places.of(wait);
      sizes.merge(place.group(), (double) wait.nanos(), Double::sum);
      if (!place.isIdle()) {
        sizes.merge(place.caller(), (double) wait.nanos(), Double::sum);
      }
    }
    for (CpuSample sample : recording.cpu()) {
      sizes.merge(places.of(sample).group(), (double) sample.weightNanos(), Double::sum);
    }
    return sizes;
  }

  Bubbles bubbles(List<ThreadDump> dumps) {
    waits();
    samples();
    boolean traced = recording.waits().stream().anyMatch(Grouping::isTracedPark);
    new Dumps(time, places, crowds, collected, !traced).add(dumps);
    holders.likely(collected);
    pauses();
    unexplained();
    List<Bubble> bubbles = collected.bubbles(places.addresses());
    return new Bubbles(
        Duration.ofNanos(time.length()),
        inFlightSeconds,
        time.seconds(),
        bubbles,
        collected.edges(bubbles),
        queue,
        machineCpu(),
        parties.application(),
        recording.notes());
  }

  private void waits() {
    for (Wait wait : waits) {
      Place place = places.of(wait);
      Group group = crowds.of(place.group());
      collected.add(group, place, wait.at(), wait.nanos(), 1, wait.trace(), detail(wait));
      if (!place.isIdle()) {
        collected.line(crowds.of(place.caller()), group, Kind.CALLS, wait.at(), wait.nanos(), 1);
        holders.known(wait, group, collected);
      }
    }
  }

  private static boolean isTracedPark(Wait wait) {
    return wait.virtual() && wait.kind() == WaitKind.PARK;
  }

  /** The class that a thread parks at says less than its stack. */
  private static String detail(Wait wait) {
    return wait.kind() == WaitKind.PARK ? "" : wait.detail();
  }

  private void samples() {
    for (CpuSample sample : recording.cpu()) {
      Place place = places.of(sample);
      Group group = crowds.of(place.group());
      // the sample stands for what ran before it
      long from = Math.max(time.from(), sample.at() - sample.weightNanos());
      collected.add(group, place, from, sample.weightNanos(), 1, sample.trace(), "");
    }
  }

  /** A pause stops every request that is not waiting anyway. */
  private void pauses() {
    double[] busy = collected.slices(a -> a.isWait());
    double running = Math.max(1, Slices.sum(collected.slices(Grouping::isCpu)) / length());
    for (Pause pause : recording.pauses()) {
      double waiting = busy[time.of(pause.at())] / time.seconds();
      double stopped =
          inFlightSeconds > 0 ? Math.max(0, inFlightSeconds / length() - waiting) : running;
      collected.add(PAUSES, pausePlace(pause), pause.at(), pause.nanos(), stopped, Trace.NONE, "");
    }
  }

  private Place pausePlace(Pause pause) {
    return new Place(PAUSES, PAUSES, pause.name(), "pause", places.sight(Trace.NONE));
  }

  private static boolean isCpu(Area area) {
    return area == Area.CODE || area == Area.SERVER;
  }

  private double length() {
    return time.length() / 1e9;
  }

  private void unexplained() {
    double[] explained = collected.slices(a -> isCpu(a) || a.isWait());
    double rest = inFlightSeconds - Slices.sum(explained);
    if (inFlightSeconds <= 0 || rest <= 0) {
      return;
    }
    double[] missing = time.none();
    for (int i = 0; i < missing.length; i++) {
      missing[i] = Math.max(0, inFlightSeconds / missing.length - explained[i]);
    }
    Optional<Staff.Full> full =
        rest < WORTH_A_REASON * inFlightSeconds ? Optional.empty() : staff().full();
    Group group =
        new Group(Area.UNEXPLAINED, full.isPresent() ? "likely queueing" : "not explained");
    double factor = rest / Slices.sum(missing);
    collected.set(group, missing, factor);
    full.ifPresent(
        f -> {
          queue = Optional.of(f.queue());
          f.did()
              .forEach(
                  (to, share) ->
                      collected.line(group, to, Kind.LIKELY_HELD_BY, missing, factor * share));
        });
  }

  private Staff staff() {
    Staff staff = new Staff(length());
    for (Wait wait : waits) {
      if (!wait.virtual()) {
        staff.waits(wait, places.of(wait), crowds.of(places.of(wait).group()));
      }
    }
    for (CpuSample sample : recording.cpu()) {
      staff.runs(sample, places.of(sample), crowds.of(places.of(sample).group()));
    }
    return staff;
  }

  private double machineCpu() {
    return recording.counters().stream()
        .filter(c -> c.machineTotal() >= 0)
        .skip(1) // the first is of no time at all
        .mapToDouble(Counters::machineTotal)
        .average()
        .orElse(-1);
  }
}
