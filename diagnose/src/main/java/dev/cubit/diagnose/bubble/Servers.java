package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.recording.Frame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What serves requests, by the frames that are under every one of them. */
final class Servers {
  /** In the order in which they are looked for; a server stands before what it is built on. */
  private static final List<Map.Entry<String, String>> NAMES =
      List.of(
          Map.entry("sun.net.httpserver.", "JDK HttpServer"),
          Map.entry("com.sun.net.httpserver.", "JDK HttpServer"),
          Map.entry("io.vertx.", "Vert.x"),
          Map.entry("org.apache.catalina.", "Tomcat"),
          Map.entry("org.apache.coyote.", "Tomcat"),
          Map.entry("org.apache.tomcat.util.net.", "Tomcat"),
          Map.entry("org.apache.tomcat.util.threads.", "Tomcat"),
          Map.entry("org.eclipse.jetty.server.", "Jetty"),
          Map.entry("org.eclipse.jetty.util.thread.", "Jetty"),
          Map.entry("io.undertow.", "Undertow"),
          Map.entry("org.xnio.", "Undertow"),
          Map.entry("io.helidon.webserver.", "Helidon"),
          Map.entry("org.glassfish.grizzly.", "Grizzly"),
          Map.entry("org.microhttp.", "microhttp"),
          Map.entry("reactor.netty.", "Reactor Netty"),
          Map.entry("io.netty.", "Netty"));

  /** Their {@code run} serves many connections: what waits above it, all of them wait for. */
  private static final Set<String> LOOPS =
      Set.of(
          "io.netty.channel.SingleThreadIoEventLoop",
          "io.netty.channel.nio.NioEventLoop",
          "io.netty.channel.epoll.EpollEventLoop",
          "io.netty.channel.kqueue.KQueueEventLoop",
          "io.netty.incubator.channel.uring.IOUringEventLoop",
          "sun.net.httpserver.ServerImpl$Dispatcher",
          "jdk.internal.net.http.HttpClientImpl$SelectorManager",
          "org.xnio.nio.WorkerThread",
          "org.microhttp.ConnectionEventLoop");

  private static final Set<String> EXECUTORS =
      Set.of(
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.ForkJoinPool",
          "java.util.concurrent.ForkJoinWorkerThread",
          "java.util.concurrent.ThreadPerTaskExecutor$TaskRunner");

  private Servers() {}

  static Optional<String> name(Frame frame) {
    String type = frame.type();
    for (Map.Entry<String, String> entry : NAMES) {
      if (type.startsWith(entry.getKey())) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  /**
   * The outermost of a stack that is known, where an application's own comes before what it uses.
   */
  static Optional<String> name(List<Frame> stack) {
    Optional<String> found = Optional.empty();
    int rank = Integer.MAX_VALUE;
    for (Frame frame : stack) {
      String type = frame.type();
      for (int i = 0; i < NAMES.size() && i < rank; i++) {
        if (type.startsWith(NAMES.get(i).getKey())) {
          found = Optional.of(NAMES.get(i).getValue());
          rank = i;
        }
      }
    }
    return found;
  }

  static boolean isLoop(Frame frame) {
    return frame.method().equals("run") && LOOPS.contains(frame.type());
  }

  static boolean isExecutor(Frame frame) {
    return EXECUTORS.contains(frame.type());
  }

  /** What runs by the clock and not for a request. */
  static boolean isSchedule(Frame frame) {
    return frame.type().equals("java.util.TimerThread")
        || frame
            .type()
            .equals("java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask");
  }
}
