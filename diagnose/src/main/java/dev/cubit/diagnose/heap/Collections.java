package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.Collection;
import dev.cubit.diagnose.recording.Recording.Collector;
import dev.cubit.diagnose.recording.Recording.Pause;
import dev.cubit.diagnose.recording.Recording.Wait;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import dev.cubit.diagnose.recording.Window;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Counts collections, and how long all threads stood still for them. */
final class Collections {
  private record Kind(String name, String cause) {}

  private Collections() {}

  static Collecting of(Recording recording, Window window) {
    List<Pause> pauses =
        recording.pauses().stream()
            .filter(p -> window.has(p.at()))
            .sorted(Comparator.comparingLong(Pause::at))
            .toList();
    List<Collection> collections =
        recording.collections().stream().filter(c -> window.has(c.at())).toList();
    double paused = pauses.stream().mapToLong(Pause::nanos).sum() / 1e9;
    return new Collecting(
        name(recording.collector()),
        recording.collections().isEmpty() ? pauses.size() : collections.size(),
        pauses.stream().map(p -> Moment.at(p.at(), p.nanos() / 1e9)).toList(),
        paused,
        pauses.stream().mapToLong(Pause::nanos).max().orElse(0) / 1e9,
        Math.min(1, paused / window.seconds()),
        recording.waits().stream()
                .filter(w -> w.kind() == WaitKind.ALLOCATION_STALL && window.has(w.at()))
                .mapToLong(Wait::nanos)
                .sum()
            / 1e9,
        causes(collections));
  }

  private static List<ByCause> causes(List<Collection> collections) {
    return collections.stream()
        .collect(Collectors.groupingBy(c -> new Kind(c.name(), c.cause())))
        .entrySet()
        .stream()
        .map(
            e ->
                new ByCause(
                    e.getKey().name(),
                    e.getKey().cause(),
                    e.getValue().size(),
                    e.getValue().stream().mapToLong(Collection::pausedNanos).sum() / 1e9,
                    e.getValue().stream().mapToLong(Collection::longestPauseNanos).max().orElse(0)
                        / 1e9))
        .sorted(
            Comparator.comparingDouble(ByCause::pausedSeconds)
                .reversed()
                .thenComparing(ByCause::name)
                .thenComparing(ByCause::cause))
        .toList();
  }

  private static String name(Collector collector) {
    return switch (collector.old()) {
      case "G1Old", "G1Full" -> "G1";
      case "SerialOld" -> "Serial";
      case "ParallelOld" -> "Parallel";
      case "ZGC Major", "Z" -> "ZGC";
      default -> collector.old();
    };
  }
}
