package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.bubble.Place.Group;
import dev.cubit.diagnose.jvm.DumpedThread.State;
import dev.cubit.diagnose.ledger.Activity;
import dev.cubit.diagnose.ledger.Waiting;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording.CpuSample;
import dev.cubit.diagnose.recording.Recording.Wait;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import dev.cubit.diagnose.recording.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides what a wait is for, by what the JDK's frames at its top do and by what the application
 * called. Each stack is looked at once.
 *
 * <p>A thread waits for work, and not for a request's sake, where the JDK's workers wait, where no
 * frame of the application is on its stack (but for locks and disk, which hold a request up inside
 * of a server too), where a timer runs it, and where it is a thread that the application has made
 * for itself.
 */
final class Places {
  private static final Frame PARK =
      new Frame("java.util.concurrent.locks.LockSupport", "park", 0, Frame.Kind.JAVA);

  static final String ON_CPU = "on the CPU";

  private final Parties parties;
  private final Clients clients;
  private final IdentityHashMap<Trace, Sight> sights = new IdentityHashMap<>();
  private final IdentityHashMap<Trace, Map<String, Place>> waits = new IdentityHashMap<>();
  private final Map<Group, Set<String>> addresses = new HashMap<>();
  private final IdentityHashMap<Trace, Place> samples = new IdentityHashMap<>();

  Places(Parties parties, Clients clients) {
    this.parties = parties;
    this.clients = clients;
  }

  Sight sight(Trace trace) {
    return sights.computeIfAbsent(trace, t -> Sight.of(t.frames(), parties));
  }

  boolean isApplication(Frame frame) {
    return Sight.isApplication(frame, parties);
  }

  Place of(CpuSample sample) {
    return samples.computeIfAbsent(
        sample.trace(),
        trace -> {
          Sight sight = sight(trace);
          Group caller = caller(sight);
          return place(caller, caller, ON_CPU, sight);
        });
  }

  Place of(Wait wait) {
    boolean own = !sight(wait.trace()).serves() && !wait.virtual() && !clients.has(wait.threadId());
    // of paths there are many, and they decide nothing
    String detail =
        switch (wait.kind()) {
          case FILE_READ, FILE_WRITE, FILE_FORCE -> "";
          case MONITOR, PARK, OBJECT_WAIT, SLEEP, PINNED, ALLOCATION_STALL -> wait.detail();
          case SOCKET_READ, SOCKET_WRITE, SOCKET_CONNECT ->
              clients.isClient(wait.detail()) ? "" : wait.detail();
        };
    return waits
        .computeIfAbsent(wait.trace(), t -> new HashMap<>())
        .computeIfAbsent(
            wait.kind() + (own ? " own " : " ") + wait.virtual() + " " + detail,
            k -> decide(wait, own));
  }

  /** Whom drivers and clients were seen to talk to: many wait in one thread and read in another. */
  Map<Group, Set<String>> addresses() {
    return addresses;
  }

  private Place decide(Wait wait, boolean own) {
    Sight sight = sight(wait.trace());
    Waiting waiting = waiting(wait);
    if (waiting.activity() == Activity.NETWORK && !wait.detail().isEmpty()) {
      client(sight)
          .ifPresent(g -> addresses.computeIfAbsent(g, k -> new TreeSet<>()).add(wait.detail()));
    }
    Optional<String> idle = idle(wait, waiting.activity(), sight, own);
    Group group =
        idle.map(name -> new Group(Area.IDLE, name)).orElseGet(() -> group(wait, waiting, sight));
    return place(group, caller(sight), waiting.how(), sight);
  }

  private static Place place(Group group, Group caller, String how, Sight sight) {
    return new Place(group, caller, sight.site().orElse("unknown"), how, sight);
  }

  private static Waiting waiting(Wait wait) {
    return switch (wait.kind()) {
      case MONITOR -> new Waiting(Activity.LOCK, "synchronized");
      case PARK, OBJECT_WAIT -> Waiting.of(stack(wait), State.WAITING);
      case SLEEP -> new Waiting(Activity.SLEEP, "Thread.sleep");
      case SOCKET_READ -> new Waiting(Activity.NETWORK, "socket read");
      case SOCKET_WRITE -> new Waiting(Activity.NETWORK, "socket write");
      case SOCKET_CONNECT -> new Waiting(Activity.NETWORK, "socket connect");
      case FILE_READ -> new Waiting(Activity.DISK, "file read");
      case FILE_WRITE -> new Waiting(Activity.DISK, "file write");
      case FILE_FORCE -> new Waiting(Activity.DISK, "file force");
      case PINNED -> new Waiting(Activity.OTHER, "pinned");
      case ALLOCATION_STALL -> new Waiting(Activity.OTHER, "allocation stall");
    };
  }

  /** A traced method is not on its own stack. */
  private static List<Frame> stack(Wait wait) {
    List<Frame> frames = wait.trace().frames();
    if (wait.kind() != WaitKind.PARK || !wait.virtual() || !wait.detail().isEmpty()) {
      return frames;
    }
    List<Frame> whole = new ArrayList<>(frames.size() + 1);
    whole.add(PARK);
    whole.addAll(frames);
    return whole;
  }

  private Optional<String> idle(Wait wait, Activity activity, Sight sight, boolean own) {
    if (wait.kind() == WaitKind.PINNED || wait.kind() == WaitKind.ALLOCATION_STALL) {
      return Optional.empty();
    }
    if (activity == Activity.IDLE) {
      return Optional.of("workers without work");
    }
    if (sight.scheduled()) {
      return Optional.of("timers");
    }
    if (sight.application().isEmpty()) {
      boolean heldUp = activity == Activity.LOCK || activity == Activity.DISK;
      return heldUp && !own ? Optional.empty() : Optional.of("server and library threads");
    }
    if (own) {
      return Optional.of("threads of the application's own");
    }
    boolean nextRequest =
        wait.kind() == WaitKind.SOCKET_READ
            && clients.isClient(wait.detail())
            && !sight.serverCalled();
    return nextRequest ? Optional.of("clients' next requests") : Optional.empty();
  }

  private Group group(Wait wait, Waiting waiting, Sight sight) {
    if (wait.kind() == WaitKind.PINNED) {
      return new Group(Area.PINNED, "pinned carriers");
    }
    if (wait.kind() == WaitKind.ALLOCATION_STALL) {
      return new Group(Area.GC, "allocation stalls");
    }
    return switch (waiting.activity()) {
      case LOCK -> new Group(Area.LOCK, lock(wait, waiting, sight));
      case PERMIT -> permit(waiting, sight);
      case RESULT ->
          client(sight).orElseGet(() -> new Group(Area.RESULT, in(type(waiting.how()), sight)));
      case NETWORK -> network(wait, sight);
      case DISK -> new Group(Area.DISK, "disk");
      case SLEEP -> new Group(Area.SLEEP, "sleep");
      case CLASS_INIT, RUNNING, NO_CARRIER, OTHER, IDLE ->
          client(sight).orElseGet(() -> new Group(Area.OTHER, in(type(waiting.how()), sight)));
    };
  }

  private Group network(Wait wait, Sight sight) {
    if (sight.serverCalled() || clients.isClient(wait.detail())) {
      return new Group(Area.SOCKET, "clients");
    }
    String address = wait.detail().isEmpty() ? "address unknown" : wait.detail();
    return client(sight).orElseGet(() -> new Group(Area.SOCKET, address));
  }

  private static Group permit(Waiting waiting, Sight sight) {
    if (sight.pool().isPresent()) {
      return new Group(Area.POOL, sight.pool().get().name());
    }
    if (sight.client().isPresent()) {
      // a driver waits for its answers by Object.wait too; where it queues, it is for a connection
      return waiting.how().startsWith("Object.")
          ? client(sight).orElseThrow()
          : new Group(Area.POOL, sight.client().get().name() + " connections");
    }
    return new Group(Area.POOL, in(type(waiting.how()), sight));
  }

  private static Optional<Group> client(Sight sight) {
    return sight
        .client()
        .map(
            t ->
                new Group(
                    t.kind() == Technology.Kind.DATABASE ? Area.DATABASE : Area.HTTP_CLIENT,
                    t.name()));
  }

  private static String lock(Wait wait, Waiting waiting, Sight sight) {
    if (wait.kind() != WaitKind.MONITOR) {
      return in(type(waiting.how()), sight);
    }
    String type = simple(wait.detail());
    return wait.detail().startsWith("java.") || type.isEmpty()
        ? in(type.isEmpty() ? "monitor" : type, sight)
        : type;
  }

  private static String in(String what, Sight sight) {
    String where = sight.site().map(Places::typeOf).orElse("");
    return where.isEmpty() || where.equals(what) ? what : what + " in " + where;
  }

  private static Group caller(Sight sight) {
    return sight
        .application()
        .map(f -> new Group(Area.CODE, code(f)))
        .orElseGet(() -> new Group(Area.SERVER, sight.server().orElse("JDK and libraries")));
  }

  /** The package; of a program without one, the class. */
  private static String code(Frame frame) {
    String type = frame.type().replaceFirst("\\$\\$.*", ""); // of a lambda's class
    int dot = type.lastIndexOf('.');
    return dot < 0 ? outer(type) : type.substring(0, dot);
  }

  /** {@code Semaphore} of {@code Semaphore.acquire}. */
  private static String type(String how) {
    int dot = how.indexOf('.');
    return dot < 0 ? how : how.substring(0, dot);
  }

  /** The class of {@code package.Type.method}. */
  private static String typeOf(String site) {
    int dot = site.lastIndexOf('.');
    return outer(dot < 0 ? site : site.substring(0, dot));
  }

  private static String simple(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static String outer(String type) {
    String simple = simple(type);
    int dollar = simple.indexOf('$');
    return dollar > 0 ? simple.substring(0, dollar) : simple;
  }
}
