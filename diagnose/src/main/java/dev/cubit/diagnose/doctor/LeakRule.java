package dev.cubit.diagnose.doctor;

import static dev.cubit.diagnose.doctor.Words.bytes;
import static dev.cubit.diagnose.doctor.Words.fact;

import dev.cubit.diagnose.doctor.Finding.Fact;
import dev.cubit.diagnose.doctor.Finding.Stack;
import dev.cubit.diagnose.heap.HeapReport;
import dev.cubit.diagnose.heap.LiveSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What lives in the heap grows with the requests. */
final class LeakRule implements Rule {
  @Override
  public Optional<Finding> check(Evidence evidence) {
    HeapReport heap = HeapReport.of(evidence.recording(), evidence.parties(), evidence.window());
    LiveSet live = heap.live();
    if (live.trend() != LiveSet.Trend.GROWS) {
      return Optional.empty();
    }
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("live at the begin of the load", bytes(live.begin())));
    facts.add(fact("live at its end", bytes(live.end())));
    facts.add(fact("growth", bytes(live.bytesPerSecond()) + "/s"));
    if (evidence.rate() > 0) {
      facts.add(fact("growth per request", bytes(live.bytesPerSecond() / evidence.rate())));
    }
    live.secondsToMax()
        .ifPresent(
            seconds ->
                facts.add(
                    fact(
                        "at this rate the heap is full",
                        Math.round(seconds) + " s after the end of the load")));
    List<Birthplace> births =
        heap.survivors().suspects().stream()
            .limit(3)
            .map(suspect -> Birthplace.of(suspect, heap.allocating()))
            .toList();
    return Optional.of(
        new Finding(
            Cause.LEAK,
            Math.min(1, 0.5 + (live.end() - live.begin()) / Math.max(1, live.end()) / 2),
            "What lives in the heap has grown from "
                + bytes(live.begin())
                + " to "
                + bytes(live.end())
                + " in "
                + Math.round(evidence.window().seconds())
                + " s"
                + births.stream().findFirst().map(Birthplace::words).orElse("")
                + ".",
            facts,
            births.stream()
                .filter(b -> !b.stack().isEmpty())
                .map(b -> new Stack(b.title(), b.stack()))
                .toList()));
  }
}
