package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.bubble.Edge.Kind;
import dev.cubit.diagnose.bubble.Place.Group;
import dev.cubit.diagnose.jvm.DumpedThread;
import dev.cubit.diagnose.jvm.DumpedThread.State;
import dev.cubit.diagnose.jvm.ThreadDump;
import dev.cubit.diagnose.ledger.Activity;
import dev.cubit.diagnose.ledger.Waiting;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Recording.CpuSample;
import dev.cubit.diagnose.recording.Recording.Wait;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import dev.cubit.diagnose.recording.Trace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What no event tells, from thread dumps: a virtual thread that waits for a monitor leaves no event
 * on Java 24 and newer, one that is parked none where methods are not traced (before Java 25). A
 * thread that is seen so in one of ten dumps stands for a tenth of the recording.
 */
final class Dumps {
  static final String SAMPLED = ", seen in dumps";

  private final Slices time;
  private final Places places;
  private final Crowds crowds;
  private final Collected into;
  private final boolean parksToo;
  private final Map<List<Frame>, Trace> traces = new HashMap<>();

  /**
   * @param parksToo where the recording has no parks of virtual threads
   */
  Dumps(Slices time, Places places, Crowds crowds, Collected into, boolean parksToo) {
    this.time = time;
    this.places = places;
    this.crowds = crowds;
    this.into = into;
    this.parksToo = parksToo;
  }

  /** Adds what is seen in dumps that were taken at even distances. */
  void add(List<ThreadDump> dumps) {
    for (int i = 0; i < dumps.size(); i++) {
      long nanos = time.length() / dumps.size();
      long at = time.from() + i * nanos;
      Map<String, DumpedThread> owners = new HashMap<>();
      List<DumpedThread> threads = dumps.get(i).threads();
      threads.forEach(thread -> thread.owned().forEach(lock -> owners.put(lock, thread)));
      for (DumpedThread thread : threads) {
        if (thread.virtual()) {
          wait(thread, at, nanos).ifPresent(wait -> add(thread, wait, owners));
        }
      }
    }
  }

  private Optional<Wait> wait(DumpedThread thread, long at, long nanos) {
    boolean blocked = thread.state() == State.BLOCKED;
    Activity activity = Waiting.of(thread.stack(), thread.state()).activity();
    boolean parked =
        parksToo
            && (activity == Activity.LOCK
                || activity == Activity.PERMIT
                || activity == Activity.RESULT);
    if (!blocked && !parked) {
      return Optional.empty();
    }
    return Optional.of(
        new Wait(
            blocked ? WaitKind.MONITOR : WaitKind.PARK,
            at,
            nanos,
            thread.name(),
            true,
            thread.blocker().replaceFirst("@.*", ""),
            traces.computeIfAbsent(thread.stack(), s -> new Trace(s, false)),
            thread.id(),
            0));
  }

  private void add(DumpedThread thread, Wait wait, Map<String, DumpedThread> owners) {
    Place found = places.of(wait);
    if (found.isIdle()) {
      return;
    }
    Group group = crowds.of(found.group());
    Place place =
        new Place(group, found.caller(), found.site(), found.how() + SAMPLED, found.sight());
    into.add(group, place, wait.at(), wait.nanos(), 1, wait.trace(), wait.detail());
    Group caller = crowds.of(found.caller());
    into.line(caller, group, Kind.CALLS, wait.at(), wait.nanos(), 1);
    DumpedThread owner = owners.get(thread.blocker());
    if (owner != null) {
      did(owner)
          .filter(g -> !g.equals(group))
          .ifPresent(g -> into.line(group, g, Kind.HELD_BY, wait.at(), wait.nanos(), 1));
    }
  }

  /** What the owner does, where that is known from events as well. */
  private Optional<Group> did(DumpedThread owner) {
    Trace trace = traces.computeIfAbsent(owner.stack(), s -> new Trace(s, false));
    Waiting waiting = Waiting.of(owner.stack(), owner.state());
    Place runs = places.of(new CpuSample(0, 0, "", trace));
    if (waiting.activity() == Activity.RUNNING) {
      return Optional.of(crowds.of(runs.group()));
    }
    WaitKind kind =
        switch (waiting.activity()) {
          case SLEEP -> WaitKind.SLEEP;
          case NETWORK -> WaitKind.SOCKET_READ;
          case DISK -> WaitKind.FILE_READ;
          case LOCK -> owner.state() == State.BLOCKED ? WaitKind.MONITOR : WaitKind.PARK;
          case PERMIT, RESULT, CLASS_INIT, OTHER, IDLE, RUNNING, NO_CARRIER -> WaitKind.PARK;
        };
    String blocker = owner.blocker().isEmpty() ? " " : owner.blocker().replaceFirst("@.*", "");
    Wait wait =
        new Wait(
            kind, 0, 0, "", owner.virtual(), kind == WaitKind.SOCKET_READ ? "" : blocker, trace);
    Group group = crowds.of(places.of(wait).group());
    return into.groups().containsKey(group)
        ? Optional.of(group)
        : into.sameSite(group.area(), runs.site());
  }
}
