package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.jvm.DumpedThread;
import dev.cubit.diagnose.jvm.DumpedThread.State;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import dev.cubit.diagnose.recording.ServerFrames;
import java.util.List;
import java.util.Optional;

/**
 * What one thread does at the moment of a dump, by its stack. The JDK's methods of waiting are few
 * and have kept their names from 17 to 25, so they tell; names of libraries are used only to know a
 * server's own threads from the application's.
 *
 * @param site the topmost frame of the application; without one, the topmost that is not the JDK's
 * @param how the method of the JDK that waits: {@code Semaphore.acquire}; empty where it runs
 * @param blocker the object waited for, {@code class@hash}, or empty
 */
public record Doing(
    Activity activity, Optional<Frame> site, String how, String blocker, DumpedThread thread) {

  /** Of a thread in a dump. */
  public static Doing of(DumpedThread thread, Parties parties) {
    List<Frame> stack = thread.stack();
    Optional<Frame> application = parties.applicationFrame(stack);
    Optional<Frame> site =
        application.or(
            () -> stack.stream().filter(f -> parties.of(f) == Party.DEPENDENCY).findFirst());
    Waiting waiting = Waiting.of(stack, thread.state());
    Activity activity = waiting.activity();
    if (activity == Activity.RUNNING && thread.virtual() && !thread.mounted()) {
      activity = Activity.NO_CARRIER;
    }
    if (isNotBegun(thread)) {
      return new Doing(Activity.NO_CARRIER, site, "", "", thread);
    }
    boolean ofRequest = application.isPresent() || isHeldUp(activity);
    if (stack.isEmpty() || (activity != Activity.RUNNING && !ofRequest)) {
      activity = Activity.IDLE;
    }
    if (activity == Activity.RUNNING && stack.size() < 2 && thread.state() != State.RUNNABLE) {
      activity = Activity.IDLE;
    }
    return new Doing(activity, site, waiting.how(), thread.blocker(), thread);
  }

  /** A virtual thread that was started and has never had a carrier: it has no stack yet. */
  private static boolean isNotBegun(DumpedThread thread) {
    return thread.virtual()
        && !thread.mounted()
        && thread.stack().isEmpty()
        && thread.state() == State.RUNNABLE;
  }

  /** These hold a request up also where the application has no frame: inside of the server. */
  private static boolean isHeldUp(Activity activity) {
    return activity == Activity.LOCK
        || activity == Activity.NO_CARRIER
        || activity == Activity.CLASS_INIT
        || activity == Activity.DISK;
  }

  /**
   * True where the lock is one of the server's own, below its handling of sockets and responses:
   * such waits are what a full CPU looks like from inside a server.
   */
  public boolean isServerInternal() {
    for (Frame frame : thread.stack()) {
      String type = frame.type();
      if (type.startsWith("java.")
          || type.startsWith("jdk.internal.")
          || type.startsWith("sun.nio.")) {
        continue;
      }
      return ServerFrames.isServer(type);
    }
    return false;
  }

  /** What is the same for two threads that do the same at the same place. */
  public String signature() {
    List<Frame> stack = thread.stack();
    String root = stack.isEmpty() ? "" : stack.getLast().name();
    return activity
        + " "
        + site.map(Frame::name).orElse("")
        + " "
        + how
        + " "
        + root
        + (thread.virtual() ? "" : " " + thread.name());
  }
}
