package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.bubble.Technology.Kind;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What there is to see in a stack, whatever it waits for.
 *
 * @param application its topmost frame of the application
 * @param site that one, {@code package.Type.method}; else the topmost of a library or server; else
 *     what the thread runs
 * @param client a driver or client, the outermost of those that the application called
 * @param pool as client, of pools
 * @param server what runs the request, or the thread
 * @param serverCalled true where the application is waiting inside of the server: for the client
 * @param serves true where the thread may be one of a request: a server's, a library's, an
 *     executor's
 * @param scheduled true where a timer runs it
 * @param eventLoop true where it holds an event loop up
 */
record Sight(
    Optional<Frame> application,
    Optional<String> site,
    Optional<Technology> client,
    Optional<Technology> pool,
    Optional<String> server,
    boolean serverCalled,
    boolean serves,
    boolean scheduled,
    boolean eventLoop) {

  /** At the bottom of any stack. */
  private static final Set<String> THREADS =
      Set.of(
          "java.lang.Thread",
          "java.lang.VirtualThread",
          "java.lang.VirtualThread$VThreadContinuation$1",
          "jdk.internal.vm.Continuation",
          "jdk.internal.misc.InnocuousThread",
          "java.util.concurrent.ThreadPerTaskExecutor$TaskRunner");

  static Sight of(List<Frame> stack, Parties parties) {
    int end = 0;
    while (end < stack.size() && !isApplication(stack.get(end), parties)) {
      end++;
    }
    Optional<Frame> application =
        end < stack.size() ? Optional.of(stack.get(end)) : Optional.empty();
    Optional<Technology> client = Optional.empty();
    Optional<Technology> pool = Optional.empty();
    boolean serverCalled = false;
    for (Frame frame : stack.subList(0, end)) {
      Optional<Technology> technology = Technology.of(frame);
      if (technology.isPresent()) {
        if (technology.get().kind() == Kind.POOL) {
          pool = technology;
        } else {
          client = technology;
        }
      }
      serverCalled |= application.isPresent() && Servers.name(frame).isPresent();
    }
    boolean serves = false;
    boolean scheduled = false;
    boolean eventLoop = false;
    for (Frame frame : stack.subList(end, stack.size())) {
      serves |= Servers.isExecutor(frame) || parties.of(frame) == Party.DEPENDENCY;
      scheduled |= Servers.isSchedule(frame);
      eventLoop |= Servers.isLoop(frame);
    }
    Optional<String> server = Servers.name(stack);
    return new Sight(
        application,
        application.or(() -> outside(stack, parties)).map(Frame::name),
        client,
        pool,
        server,
        serverCalled && client.isEmpty(),
        serves || server.isPresent(),
        scheduled,
        eventLoop && application.isPresent());
  }

  /** Drivers are never the application, also where its packages could not be guessed. */
  static boolean isApplication(Frame frame, Parties parties) {
    return parties.of(frame) == Party.APPLICATION && Technology.of(frame).isEmpty();
  }

  private static Optional<Frame> outside(List<Frame> stack, Parties parties) {
    return stack.stream()
        .filter(f -> parties.of(f) == Party.DEPENDENCY || Servers.name(f).isPresent())
        .findFirst()
        .or(() -> stack.reversed().stream().filter(Sight::isOwnWork).findFirst())
        .or(() -> stack.stream().findFirst());
  }

  private static boolean isOwnWork(Frame frame) {
    return !THREADS.contains(frame.type()) && !frame.type().contains("$$Lambda");
  }
}
