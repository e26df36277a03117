package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.jvm.DumpedThread.State;
import dev.cubit.diagnose.recording.Frame;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the top of a stack waits for.
 *
 * @param how the JDK's outermost method of waiting, {@code Type.method}; empty where it runs
 */
public record Waiting(Activity activity, String how) {
  private static final Waiting RUNNING = new Waiting(Activity.RUNNING, "");

  /** Looked at this far down: what waits is at the top. */
  private static final int DEEPEST = 40;

  private static final Set<String> SELECTORS =
      Set.of(
          "sun.nio.ch.EPoll.wait",
          "sun.nio.ch.KQueue.poll",
          "sun.nio.ch.WEPoll.wait",
          "sun.nio.ch.Net.accept",
          "sun.nio.ch.Net.poll",
          "java.net.PlainSocketImpl.socketAccept");

  private static final Set<String> SOCKETS =
      Set.of(
          "sun.nio.ch.SocketDispatcher.read0",
          "sun.nio.ch.SocketDispatcher.readv0",
          "sun.nio.ch.UnixDomainSockets.read0",
          "sun.nio.ch.Net.connect0",
          "sun.nio.ch.Net.pollConnect",
          "java.net.SocketInputStream.socketRead0",
          "java.net.Inet4AddressImpl.lookupAllHostAddr",
          "java.net.Inet6AddressImpl.lookupAllHostAddr");

  private static final Set<String> FILES =
      Set.of(
          "sun.nio.ch.FileDispatcherImpl",
          "sun.nio.ch.UnixFileDispatcherImpl",
          "sun.nio.fs.UnixNativeDispatcher",
          "java.io.RandomAccessFile",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.FileDescriptor");

  private static final Set<String> LOCKS =
      Set.of(
          "java.util.concurrent.locks.ReentrantLock",
          "java.util.concurrent.locks.ReentrantLock$Sync",
          "java.util.concurrent.locks.ReentrantReadWriteLock$ReadLock",
          "java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock",
          "java.util.concurrent.locks.StampedLock");

  private static final Set<String> RESULTS =
      Set.of(
          "java.util.concurrent.CompletableFuture",
          "java.util.concurrent.FutureTask",
          "java.util.concurrent.ForkJoinTask",
          "java.util.concurrent.CountDownLatch",
          "java.util.concurrent.CyclicBarrier",
          "java.util.concurrent.Phaser",
          "java.util.concurrent.ExecutorCompletionService",
          "java.util.concurrent.StructuredTaskScope",
          "java.util.concurrent.AbstractExecutorService",
          "java.lang.Thread");

  private static final Set<String> WORKERS =
      Set.of(
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.ForkJoinPool",
          "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue",
          "java.lang.ref.ReferenceQueue",
          "java.lang.ref.Reference",
          "jdk.internal.ref.CleanerImpl",
          "sun.nio.ch.Poller",
          "java.util.TimerThread");

  /**
   * Of a thread with this stack.
   *
   * @param stack the top first
   * @param state only {@link State#BLOCKED} is looked at: the stack does not tell a monitor
   */
  public static Waiting of(List<Frame> stack, State state) {
    if (stack.isEmpty()) {
      return RUNNING;
    }
    Frame top = stack.getFirst();
    if (state == State.BLOCKED) {
      return new Waiting(Activity.LOCK, "synchronized");
    }
    String name = top.name();
    if (isSelector(top, name)) {
      return pollsSocket(stack)
          ? new Waiting(Activity.NETWORK, "Socket.read")
          : new Waiting(Activity.IDLE, name);
    }
    if (SOCKETS.contains(name)) {
      return new Waiting(Activity.NETWORK, socketWords(stack));
    }
    if (top.kind() == Frame.Kind.NATIVE && FILES.contains(top.type())) {
      return new Waiting(Activity.DISK, simple(top));
    }
    if (isPark(name)) {
      return parked(stack);
    }
    if (name.equals("java.lang.Object.wait0") || name.equals("java.lang.Object.wait")) {
      return waitedFor(stack);
    }
    if (name.startsWith("java.lang.Thread.sleep")) {
      return new Waiting(Activity.SLEEP, "Thread.sleep");
    }
    if (name.equals("java.lang.ProcessHandleImpl.waitForProcessExit0")) {
      return new Waiting(Activity.IDLE, name);
    }
    if (name.equals("java.lang.ref.Reference.waitForReferencePendingList")) {
      return new Waiting(Activity.IDLE, name);
    }
    return RUNNING;
  }

  /** True for a stack that is in a call of the system on a file, waiting or working. */
  public static boolean isInFile(List<Frame> stack) {
    return !stack.isEmpty() && FILES.contains(stack.getFirst().type());
  }

  /** True for the wait of an event loop that has no work. */
  boolean isSelector() {
    return activity == Activity.IDLE
        && (how.startsWith("io.netty.channel.")
            || how.equals("sun.nio.ch.EPoll.wait")
            || how.equals("sun.nio.ch.KQueue.poll")
            || how.equals("sun.nio.ch.WEPoll.wait"));
  }

  private static boolean isSelector(Frame top, String name) {
    return SELECTORS.contains(name)
        || (top.type().startsWith("io.netty.channel.")
            && (top.method().startsWith("epollWait")
                || top.method().startsWith("epollBusyWait")
                || top.method().startsWith("ioUringEnter")
                || top.method().startsWith("keventWait")));
  }

  /** {@code Net.poll} is under an accept, a selector's wait and a blocking read alike. */
  private static boolean pollsSocket(List<Frame> stack) {
    for (Frame frame : stack.subList(0, Math.min(stack.size(), 8))) {
      if (frame.type().equals("sun.nio.ch.NioSocketImpl")
          || frame.type().equals("sun.nio.ch.SocketChannelImpl")) {
        return !frame.method().contains("accept") && !hasAccept(stack);
      }
    }
    return false;
  }

  private static boolean hasAccept(List<Frame> stack) {
    return stack.stream()
        .limit(8)
        .anyMatch(f -> f.method().toLowerCase(Locale.ROOT).contains("accept"));
  }

  private static String socketWords(List<Frame> stack) {
    return hasConnect(stack) ? "Socket.connect" : "Socket.read";
  }

  private static boolean hasConnect(List<Frame> stack) {
    return stack.stream().limit(10).anyMatch(f -> f.method().equals("connect"));
  }

  private static boolean isPark(String name) {
    return name.equals("jdk.internal.misc.Unsafe.park")
        || name.startsWith("java.lang.VirtualThread.park")
        || name.startsWith("java.lang.VirtualThread.yield")
        || name.startsWith("java.lang.VirtualThread.run")
        || name.startsWith("jdk.internal.vm.Continuation.")
        || name.startsWith("java.util.concurrent.locks.LockSupport.park");
  }

  /** The frames from the park down to the first that is not the JDK's own machinery of waiting. */
  static Waiting parked(List<Frame> stack) {
    Waiting found = new Waiting(Activity.OTHER, "LockSupport.park");
    int depth = 0;
    for (Frame frame : stack) {
      String type = frame.type();
      if (depth++ > DEEPEST || !isMachinery(type)) {
        break;
      }
      if ((type.equals("java.lang.VirtualThread") || type.equals("java.lang.Thread"))
          && frame.method().startsWith("sleep")) {
        return new Waiting(Activity.SLEEP, "Thread.sleep");
      }
      if (type.equals("sun.nio.ch.NioSocketImpl") || type.equals("sun.nio.ch.SocketChannelImpl")) {
        return hasAccept(stack)
            ? new Waiting(Activity.IDLE, simple(frame))
            : new Waiting(Activity.NETWORK, "Socket.read");
      }
      if (type.equals("sun.nio.ch.SelectorImpl") || type.equals("sun.nio.ch.EPollSelectorImpl")) {
        return new Waiting(Activity.IDLE, simple(frame));
      }
      Activity activity = machinery(type, frame.method());
      if (activity == Activity.IDLE) {
        return new Waiting(Activity.IDLE, simple(frame));
      }
      if (activity != Activity.OTHER) {
        found = new Waiting(activity, simple(frame)); // the outermost tells most
      }
    }
    return found;
  }

  private static Activity machinery(String type, String method) {
    if (WORKERS.contains(type)
        && !method.endsWith("Block") // ForkJoinPool.managedBlock is under every condition
        && !method.startsWith("submit")
        && !method.startsWith("invoke")) {
      return type.equals("sun.nio.ch.Poller") && method.startsWith("poll")
          ? Activity.OTHER // waits for a socket; the frame below tells whose
          : Activity.IDLE;
    }
    if (LOCKS.contains(type)) {
      return method.contains("ock") || method.contains("acquire") ? Activity.LOCK : Activity.OTHER;
    }
    if (type.startsWith("jdk.internal.net.http.")) {
      return Activity.NETWORK; // java.net.http waits for its answer as for any future
    }
    if (RESULTS.contains(type)) {
      return Activity.RESULT;
    }
    if (type.equals("java.util.concurrent.Semaphore")) {
      return Activity.PERMIT;
    }
    if (type.endsWith("ConditionObject") && method.startsWith("await")) {
      return Activity.PERMIT;
    }
    return type.startsWith("java.util.concurrent.") && isQueue(type)
        ? Activity.PERMIT
        : Activity.OTHER;
  }

  private static boolean isQueue(String type) {
    return type.contains("Queue") || type.contains("Deque") || type.endsWith("Exchanger");
  }

  private static boolean isMachinery(String type) {
    return type.startsWith("java.util.concurrent.")
        || type.startsWith("jdk.internal.")
        || type.startsWith("java.lang.")
        || type.startsWith("sun.nio.ch.")
        || type.startsWith("java.net.");
  }

  /** {@code Object.wait}: the monitor of a hand-made pool, queue or latch. */
  static Waiting waitedFor(List<Frame> stack) {
    for (Frame frame : stack) {
      if (WORKERS.contains(frame.type())) {
        return new Waiting(Activity.IDLE, simple(frame));
      }
      if (frame.type().equals("java.lang.Thread") && frame.method().equals("join")) {
        return new Waiting(Activity.RESULT, "Thread.join");
      }
      if (!isMachinery(frame.type())) {
        break;
      }
    }
    return new Waiting(Activity.PERMIT, "Object.wait");
  }

  private static String simple(Frame frame) {
    String type = frame.type();
    return type.substring(type.lastIndexOf('.') + 1).replaceAll("\\$.*", "") + "." + frame.method();
  }
}
