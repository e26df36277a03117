package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.jvm.DumpedThread.State;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.Wait;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import dev.cubit.diagnose.recording.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The waits of requests from the events of a recording, where no looks were taken. */
public final class EventWaits {
  private EventWaits() {}

  /** The most first; waits shorter than the recording's thresholds are not in it. */
  public static List<Waiters> of(Recording recording, Window window, Parties parties) {
    Map<String, List<Wait>> groups = new LinkedHashMap<>();
    for (Wait wait : recording.waits()) {
      Waiting waiting = waiting(wait);
      boolean application = parties.applicationFrame(wait.trace().frames()).isPresent();
      if (!waiting.activity().isWait() || !application || !window.has(wait.at())) {
        continue;
      }
      String key = waiting.activity() + " " + waiting.how() + " " + site(wait, parties);
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(wait);
    }
    double length = window.seconds() * 1e9;
    List<Waiters> all = new ArrayList<>();
    groups.values().forEach(waits -> all.add(waiters(waits, parties, length)));
    all.sort(Comparator.comparingDouble(Waiters::threads).reversed());
    return all;
  }

  private static Optional<Frame> site(Wait wait, Parties parties) {
    return parties.applicationFrame(wait.trace().frames());
  }

  private static Waiters waiters(List<Wait> waits, Parties parties, double length) {
    double nanos = waits.stream().mapToDouble(Wait::nanos).sum();
    Map<String, Double> blockers = new HashMap<>();
    waits.stream()
        .filter(w -> !w.detail().isEmpty())
        .forEach(w -> blockers.merge(w.detail(), w.nanos() / length, Double::sum));
    Wait longest = waits.stream().max(Comparator.comparingLong(Wait::nanos)).orElseThrow();
    Waiting waiting = waiting(longest);
    return new Waiters(
        waiting.activity(),
        waiting.how(),
        site(longest, parties),
        nanos / length,
        0,
        blockers,
        Map.of(),
        longest.trace().frames(),
        false);
  }

  private static Waiting waiting(Wait wait) {
    List<Frame> frames = wait.trace().frames();
    return switch (wait.kind()) {
      case MONITOR -> new Waiting(Activity.LOCK, "synchronized");
      case SLEEP -> new Waiting(Activity.SLEEP, "Thread.sleep");
      case SOCKET_READ, SOCKET_WRITE, SOCKET_CONNECT ->
          new Waiting(Activity.NETWORK, "Socket." + word(wait.kind()));
      case FILE_READ, FILE_WRITE, FILE_FORCE ->
          new Waiting(Activity.DISK, "File." + word(wait.kind()));
      case PARK -> Waiting.parked(frames);
      case OBJECT_WAIT -> Waiting.waitedFor(frames);
      case PINNED, ALLOCATION_STALL -> Waiting.of(List.of(), State.RUNNABLE);
    };
  }

  private static String word(WaitKind kind) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return name.substring(name.indexOf('_') + 1);
  }
}
