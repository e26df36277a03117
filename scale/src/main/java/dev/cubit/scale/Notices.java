package dev.cubit.scale;

import dev.cubit.scale.clone.Clone;
import dev.cubit.scale.clone.FleetEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Puts what happens into words, tells those who listen, and keeps the last; from any thread. */
final class Notices {
  private static final int KEPT = 100;

  private final Deque<Notice> last = new ArrayDeque<>(); // guarded by itself
  private final List<Consumer<Notice>> listeners = new CopyOnWriteArrayList<>();

  /** Closing it ends that. */
  @FunctionalInterface
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  /** Tells of each from now on. */
  Listening listen(Consumer<Notice> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** The last of them, the newest at the end. */
  List<Notice> last() {
    synchronized (last) {
      return List.copyOf(last);
    }
  }

  void tell(Notice notice) {
    synchronized (last) {
      last.addLast(notice);
      if (last.size() > KEPT) {
        last.removeFirst();
      }
    }
    listeners.forEach(listener -> listener.accept(notice));
  }

  void tell(FleetEvent event) {
    of(event).ifPresent(this::tell);
  }

  void tell(ServerEvent event) {
    tell(Notice.of(event.service(), event.server() + " " + event.sentence()));
  }

  /** In words; empty where it is no news to a user. */
  static Optional<Notice> of(FleetEvent event) {
    return Optional.ofNullable(
        switch (event) {
          case FleetEvent.Started(Clone c) -> say(c, "is starting, as process " + c.pid());
          case FleetEvent.Ready(Clone c, Duration after) ->
              say(c, "takes requests, after " + seconds(after) + ", on port " + c.port());
          case FleetEvent.Failed(String service, String name, String why, List<String> output) ->
              Notice.bad(service, name + " " + why, output);
          case FleetEvent.Crashed(Clone c, int code, Duration lived, List<String> output) ->
              Notice.bad(
                  c.service(),
                  c.name() + " has ended by itself, " + ended(code) + ", after " + seconds(lived),
                  output);
          case FleetEvent.BackingOff(String service, String name, Duration pause) ->
              Notice.of(service, name + " is started again in " + seconds(pause));
          case FleetEvent.Parked(String service, String name, String why, List<String> output) ->
              Notice.bad(
                  service,
                  name + " is parked: " + why + " (cubit reload " + service + " tries it again)",
                  output);
          case FleetEvent.Unhealthy(Clone c, String why) ->
              Notice.bad(c.service(), c.name() + " is unhealthy and gets no requests: " + why);
          case FleetEvent.Healthy(Clone c) -> say(c, "is healthy again");
          case FleetEvent.Draining(Clone c) -> say(c, "answers its last requests");
          case FleetEvent.Ended(Clone c, boolean drained, boolean gently, OptionalInt code) ->
              end(c, drained, gently);
          case FleetEvent.Recycling(Clone c, String why) -> say(c, "is replaced: " + why);
          case FleetEvent.Queued(String service, String what) ->
              Notice.of(service, service + ": " + what + " waits for what is being done");
          case FleetEvent.Begun(String service, String what) -> null;
          case FleetEvent.Done(String service, String what) -> null;
          case FleetEvent.Undone(String service, String what, String why) ->
              Notice.bad(service, service + ": " + what + " was not done: " + why);
        });
  }

  private static Notice say(Clone clone, String what) {
    return Notice.of(clone.service(), clone.name() + " " + what);
  }

  private static Notice end(Clone clone, boolean drained, boolean gently) {
    String name = clone.name();
    if (!drained) {
      return Notice.bad(
          clone.service(), name + " was ended with requests unanswered: its grace time was over");
    }
    return gently
        ? say(clone, "has ended")
        : Notice.bad(clone.service(), name + " did not end by SIGTERM and was killed");
  }

  private static String ended(int code) {
    return code > 128 ? "by signal " + (code - 128) : "with exit code " + code;
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
