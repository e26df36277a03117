package dev.cubit.diagnose.bubble;

import static dev.cubit.diagnose.bubble.Made.PARKED;
import static dev.cubit.diagnose.bubble.Made.SERVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cubit.diagnose.jvm.DumpedThread;
import dev.cubit.diagnose.jvm.DumpedThread.State;
import dev.cubit.diagnose.jvm.ThreadDump;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BubblesTest {
  private static final Offset<Double> NEARLY = within(1e-6);
  private static final String ORDER = "com.example.shop.Order.place:10" + SERVED;

  private static Bubble bubble(Bubbles bubbles, Area area, String name) {
    return bubbles.bubbles().stream()
        .filter(b -> b.area() == area && b.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + area + " " + name + " in " + names(bubbles)));
  }

  private static List<String> names(Bubbles bubbles) {
    return bubbles.bubbles().stream()
        .filter(b -> b.seconds() > 0)
        .map(b -> b.area() + " " + b.name())
        .toList();
  }

  private static double line(Bubbles bubbles, String from, String to, Edge.Kind kind) {
    return bubbles.edges().stream()
        .filter(e -> e.kind() == kind)
        .filter(e -> bubbles.bubbles().get(e.from()).name().equals(from))
        .filter(e -> bubbles.bubbles().get(e.to()).name().equals(to))
        .mapToDouble(Edge::seconds)
        .sum();
  }

  private static String only(WaitKind kind, String detail, String stack) {
    return only(new Made().wait(kind, 1000, 500, 1, detail, stack));
  }

  private static String only(Made made) {
    List<String> names = names(made.bubbles(0));
    assertThat(names).hasSize(1);
    return names.getFirst();
  }

  @Test
  void a_wait_belongs_to_what_it_is_for() {
    assertThat(only(WaitKind.MONITOR, "com.example.shop.Stock", ORDER)).isEqualTo("LOCK Stock");
    assertThat(only(WaitKind.MONITOR, "java.lang.Object", ORDER)).isEqualTo("LOCK Object in Order");
    assertThat(only(WaitKind.SLEEP, "", ORDER)).isEqualTo("SLEEP sleep");
    assertThat(only(WaitKind.FILE_FORCE, "/var/log/shop", ORDER)).isEqualTo("DISK disk");
    assertThat(
            only(WaitKind.SOCKET_READ, "db:5432", "org.postgresql.core.PGStream.receive " + ORDER))
        .isEqualTo("DATABASE PostgreSQL");
    assertThat(only(WaitKind.SOCKET_READ, "other:80", "sun.net.www.http.HttpClient.parse " + ORDER))
        .isEqualTo("HTTP_CLIENT HttpURLConnection");
    assertThat(only(WaitKind.SOCKET_READ, "other:9000", ORDER)).isEqualTo("SOCKET other:9000");
    assertThat(only(WaitKind.PINNED, "Native frame", ORDER)).isEqualTo("PINNED pinned carriers");
  }

  @Test
  void a_park_belongs_to_what_the_jdk_parks_for() {
    String permit = PARKED + "java.util.concurrent.Semaphore.acquire " + ORDER;
    String lock = PARKED + "java.util.concurrent.locks.ReentrantLock.lock " + ORDER;
    String result = PARKED + "java.util.concurrent.CompletableFuture.get " + ORDER;
    String client =
        PARKED
            + "java.util.concurrent.CompletableFuture.get jdk.internal.net.http.HttpClientImpl.send"
            + " "
            + ORDER;
    String pool =
        PARKED
            + "java.util.concurrent.SynchronousQueue.poll"
            + " com.zaxxer.hikari.util.ConcurrentBag.borrow "
            + ORDER;

    assertThat(only(WaitKind.PARK, "x", permit)).isEqualTo("POOL Semaphore in Order");
    assertThat(only(WaitKind.PARK, "x", lock)).isEqualTo("LOCK ReentrantLock in Order");
    assertThat(only(WaitKind.PARK, "x", result)).isEqualTo("RESULT CompletableFuture in Order");
    assertThat(only(WaitKind.PARK, "x", client)).isEqualTo("HTTP_CLIENT JDK HttpClient");
    assertThat(only(WaitKind.PARK, "x", pool)).isEqualTo("POOL HikariCP");
  }

  @Test
  void a_traced_park_of_a_virtual_thread_belongs_where_that_of_a_platform_thread_does() {
    String stack = "java.util.concurrent.Semaphore.acquire " + ORDER;

    assertThat(only(new Made().virtual(WaitKind.PARK, 1000, 500, 7, "", stack)))
        .isEqualTo("POOL Semaphore in Order");
  }

  @Test
  void threads_without_work_are_in_no_sum() {
    Bubbles bubbles =
        new Made()
            .wait(
                WaitKind.PARK,
                0,
                9000,
                1,
                "x",
                PARKED
                    + "java.util.concurrent.LinkedBlockingQueue.take"
                    + " java.util.concurrent.ThreadPoolExecutor.getTask"
                    + " java.util.concurrent.ThreadPoolExecutor.runWorker")
            .wait(WaitKind.SLEEP, 0, 9000, 2, "", "com.example.shop.Stats.run java.lang.Thread.run")
            .wait(
                WaitKind.SLEEP,
                0,
                9000,
                3,
                "",
                "com.example.shop.Job.run java.util.TimerThread.mainLoop java.util.TimerThread.run")
            .wait(
                WaitKind.SOCKET_READ,
                0,
                9000,
                4,
                "10.0.0.7:41234",
                "io.helidon.webserver.Connection.read java.lang.Thread.run")
            .bubbles(0);

    assertThat(bubbles.waitSeconds()).isZero();
    assertThat(bubbles.allSeconds()).isZero();
    assertThat(bubbles.bubbles()).isNotEmpty().allMatch(b -> b.area() == Area.IDLE);
  }

  @Test
  void a_thread_of_the_applications_own_that_talks_to_clients_serves_them() {
    Made made = new Made();
    for (int client = 0; client < 5; client++) {
      String address = "10.0.0.7:" + (40_000 + client);
      made.wait(
          WaitKind.SOCKET_READ,
          client * 900L,
          800,
          1,
          address,
          "com.example.raw.Server.read java.lang.Thread.run");
    }
    Bubbles bubbles =
        made.wait(
                WaitKind.SLEEP,
                5000,
                1000,
                1,
                "",
                "com.example.raw.Server.answer java.lang.Thread.run")
            .bubbles(0);

    assertThat(bubble(bubbles, Area.IDLE, "clients' next requests").count()).isEqualTo(5);
    assertThat(bubble(bubbles, Area.SLEEP, "sleep").seconds()).isEqualTo(1, NEARLY);
  }

  @Test
  void a_server_at_a_port_of_the_callers_range_is_still_a_server() {
    Made made = new Made();
    for (int client = 0; client < 9; client++) {
      made.wait(WaitKind.SOCKET_WRITE, client * 100L, 5, 1, "10.0.0.7:" + (40_000 + client), ORDER);
    }
    for (int call = 0; call < 90; call++) {
      made.wait(WaitKind.SOCKET_READ, 1000 + call * 50L, 20, 1, "10.0.0.7:45999", ORDER);
    }

    assertThat(bubble(made.bubbles(0), Area.SOCKET, "10.0.0.7:45999").count()).isEqualTo(90);
    assertThat(bubble(made.bubbles(0), Area.SOCKET, "clients").count()).isEqualTo(9);
  }

  @Test
  void what_a_virtual_thread_does_inside_of_a_socket_read_counts_once() {
    String park = "sun.nio.ch.Poller.poll sun.nio.ch.NioSocketImpl.park " + ORDER;
    Bubbles bubbles =
        new Made()
            .virtual(WaitKind.PARK, 1000, 500, 7, "", park)
            .virtual(WaitKind.SOCKET_READ, 1000, 500, 7, "other:9000", ORDER)
            .bubbles(0);

    assertThat(names(bubbles)).containsExactly("SOCKET other:9000");
    assertThat(bubbles.waitSeconds()).isEqualTo(0.5, NEARLY);
  }

  @Test
  void that_a_carrier_was_kept_counts_for_more_than_for_what() {
    Bubbles bubbles =
        new Made()
            .virtual(WaitKind.SLEEP, 1000, 500, 7, "", ORDER)
            .virtual(WaitKind.PINNED, 1000, 499, 7, "Native frame", ORDER)
            .bubbles(0);

    assertThat(names(bubbles)).containsExactly("PINNED pinned carriers");
  }

  @Test
  void the_time_that_no_event_explains_is_the_rest() {
    Bubbles bubbles =
        new Made()
            .wait(WaitKind.SLEEP, 0, 4000, 1, "", ORDER)
            .runs(6000, 1000, 1, ORDER)
            .bubbles(2);

    assertThat(bubbles.inFlightSeconds()).isEqualTo(20, NEARLY);
    assertThat(bubbles.waitSeconds()).isEqualTo(4, NEARLY);
    assertThat(bubbles.cpuSeconds()).isEqualTo(1, NEARLY);
    assertThat(bubbles.unexplainedSeconds()).isEqualTo(15, NEARLY);
    assertThat(bubbles.allSeconds()).isEqualTo(20, NEARLY);
  }

  @Test
  void where_threads_waited_for_longer_than_requests_were_in_flight_nothing_is_unexplained() {
    Bubbles bubbles = new Made().wait(WaitKind.SLEEP, 0, 9000, 1, "", ORDER).bubbles(0.1);

    assertThat(bubbles.unexplainedSeconds()).isZero();
  }

  @Test
  void a_pause_stops_the_requests_that_do_not_wait_anyway() {
    Bubbles bubbles =
        new Made().wait(WaitKind.SLEEP, 0, 10_000, 1, "", ORDER).pause(5000, 100).bubbles(4);

    assertThat(bubble(bubbles, Area.GC, "GC pauses").seconds()).isEqualTo(0.3, NEARLY);
  }

  @Test
  void the_holder_of_a_monitor_is_told_by_what_it_did_meanwhile() {
    String waits = "com.example.shop.Order.place:12" + SERVED;
    Bubbles bubbles =
        new Made()
            .wait(WaitKind.SOCKET_READ, 1000, 100, 1, "before:9000", ORDER)
            .wait(WaitKind.MONITOR, 1100, 100, 1, 9, "com.example.shop.Stock", waits)
            .wait(WaitKind.SLEEP, 1200, 800, 1, "", ORDER)
            .wait(WaitKind.MONITOR, 1000, 1000, 2, 1, "com.example.shop.Stock", waits)
            .bubbles(0);

    assertThat(line(bubbles, "Stock", "sleep", Edge.Kind.HELD_BY)).isEqualTo(1, NEARLY);
    assertThat(line(bubbles, "Stock", "before:9000", Edge.Kind.HELD_BY)).isZero();
    assertThat(line(bubbles, "com.example.shop", "Stock", Edge.Kind.CALLS)).isEqualTo(1.1, NEARLY);
  }

  @Test
  void the_holders_of_permits_are_likely_those_further_down_in_the_same_method() {
    String asks =
        PARKED + "java.util.concurrent.Semaphore.acquire com.example.shop.Prices.look:20" + SERVED;
    Bubbles bubbles =
        new Made()
            .wait(WaitKind.PARK, 1000, 600, 1, "x", asks)
            .wait(WaitKind.SLEEP, 1000, 300, 2, "", "com.example.shop.Prices.look:15" + SERVED)
            .wait(
                WaitKind.SOCKET_READ,
                2000,
                300,
                3,
                "other:9000",
                "com.example.shop.Prices.fetch:40 com.example.shop.Prices.look:21" + SERVED)
            .bubbles(0);

    assertThat(line(bubbles, "Semaphore in Prices", "other:9000", Edge.Kind.LIKELY_HELD_BY))
        .isEqualTo(0.6, NEARLY);
    assertThat(line(bubbles, "Semaphore in Prices", "sleep", Edge.Kind.LIKELY_HELD_BY)).isZero();
  }

  @Test
  void requests_queue_for_threads_that_are_hardly_ever_free() {
    Bubbles bubbles =
        new Made()
            .wait(WaitKind.SLEEP, 0, 9500, 1, "", ORDER)
            .wait(WaitKind.SLEEP, 0, 9400, 2, "", ORDER)
            .bubbles(20);

    Queue queue = bubbles.queue().orElseThrow();
    assertThat(queue.threads()).isEqualTo(2);
    assertThat(queue.names()).isEqualTo("worker-*");
    assertThat(queue.busyShare()).isEqualTo(0.945, NEARLY);
    assertThat(line(bubbles, "likely queueing", "sleep", Edge.Kind.LIKELY_HELD_BY))
        .isEqualTo(bubbles.unexplainedSeconds(), NEARLY);
  }

  @Test
  void an_operation_that_holds_an_event_loop_up_says_so() {
    String loop =
        "com.example.shop.Order.place:10 io.netty.handler.Codec.read"
            + " io.netty.channel.nio.NioEventLoop.run java.lang.Thread.run";
    Bubbles bubbles = new Made().wait(WaitKind.SLEEP, 0, 9500, 1, "", loop).bubbles(5);

    assertThat(bubble(bubbles, Area.SLEEP, "sleep").operations().getFirst().eventLoop()).isTrue();
    assertThat(bubbles.queue().orElseThrow().eventLoop()).isTrue();
  }

  @Test
  void without_a_queue_nobody_is_named() {
    Bubbles bubbles =
        new Made().machine(0.99).wait(WaitKind.SLEEP, 0, 2000, 1, "", ORDER).bubbles(20);

    assertThat(bubbles.queue()).isEmpty();
    assertThat(bubbles.machineCpu()).isEqualTo(0.99, NEARLY);
    assertThat(names(bubbles)).first().isEqualTo("UNEXPLAINED not explained");
  }

  @Test
  void an_operation_counts_its_waits_exactly() {
    Made made = new Made();
    for (int i = 1; i <= 100; i++) {
      made.wait(WaitKind.SLEEP, i * 90L, i == 100 ? 80 : 2, 1, "", ORDER);
    }
    Operation operation = bubble(made.bubbles(0), Area.SLEEP, "sleep").operations().getFirst();

    assertThat(operation.site()).isEqualTo("com.example.shop.Order.place");
    assertThat(operation.line()).isEqualTo(10);
    assertThat(operation.count()).isEqualTo(100);
    assertThat(operation.meanSeconds()).isEqualTo(0.00278, NEARLY);
    assertThat(operation.p99Seconds()).isEqualTo(0.002, NEARLY);
    assertThat(operation.maxSeconds()).isEqualTo(0.08, NEARLY);
    assertThat(operation.counts().stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
  }

  @Test
  void many_addresses_become_a_few_bubbles_and_the_rest() {
    Made made = new Made();
    for (int i = 0; i < 40; i++) {
      made.wait(WaitKind.SOCKET_READ, i * 200L, 100 + i, 1, "node-" + i + ":9000", ORDER);
    }
    Bubbles bubbles = made.bubbles(0);

    assertThat(bubbles.bubbles().stream().filter(b -> b.area() == Area.SOCKET)).hasSize(12);
    assertThat(bubble(bubbles, Area.SOCKET, "29 more").seconds()).isGreaterThan(3);
  }

  @Test
  void a_virtual_thread_that_waits_for_a_monitor_is_seen_in_dumps() {
    String place = "com.example.shop.Order.place:12 java.lang.VirtualThread.run";
    String sleeps =
        "java.lang.VirtualThread.parkNanos java.lang.VirtualThread.sleepNanos"
            + " java.lang.Thread.sleep com.example.shop.Order.place:13 java.lang.VirtualThread.run";
    Made made =
        new Made()
            .virtual(
                WaitKind.SLEEP,
                0,
                9900,
                1,
                "",
                "com.example.shop.Order.place:13 java.lang.VirtualThread.run");
    List<ThreadDump> dumps = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      dumps.add(
          new ThreadDump(
              List.of(
                  dumped(1, State.TIMED_WAITING, "", List.of("java.lang.Object@1"), sleeps),
                  dumped(2, State.BLOCKED, "java.lang.Object@1", List.of(), place),
                  dumped(3, State.BLOCKED, "java.lang.Object@1", List.of(), place))));
    }

    Bubbles bubbles = Bubbles.of(made.recording(), Made.parties(), Duration.ofSeconds(30), dumps);

    assertThat(bubble(bubbles, Area.LOCK, "Object in Order").seconds()).isEqualTo(20, NEARLY);
    assertThat(line(bubbles, "Object in Order", "sleep", Edge.Kind.HELD_BY)).isEqualTo(20, NEARLY);
    assertThat(bubbles.unexplainedSeconds()).isEqualTo(0.1, within(1e-3));
  }

  private static DumpedThread dumped(
      long id, State state, String blocker, List<String> owned, String stack) {
    return new DumpedThread(
        id, "", "", true, false, state, blocker, owned, new Made().trace(stack).frames());
  }

  @Test
  void an_empty_recording_has_no_bubbles() {
    Bubbles bubbles = new Made().bubbles(0);

    assertThat(bubbles.bubbles()).isEmpty();
    assertThat(bubbles.largestWait()).isEmpty();
    assertThat(bubbles.allSeconds()).isZero();
  }
}
