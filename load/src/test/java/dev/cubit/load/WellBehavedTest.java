package dev.cubit.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked is what is sent, no more and no less, and what is answered is what is counted. */
@Timeout(60)
final class WellBehavedTest {
  private HttpServer server;
  private URI origin;
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> peers = new ConcurrentHashMap<>();

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Test")
                  + " "
                  + body);
          peers.merge(exchange.getRemoteAddress().toString(), 1, Integer::sum);
          String path = exchange.getRequestURI().getPath();
          int status = path.startsWith("/status/") ? Integer.parseInt(path.substring(8)) : 200;
          byte[] answer = "hello".getBytes(StandardCharsets.US_ASCII);
          boolean bodiless = status == 204 || exchange.getRequestMethod().equals("HEAD");
          exchange.getResponseHeaders().add("X-Answer", "Yes it is");
          exchange.sendResponseHeaders(status, bodiless ? -1 : path.equals("/chunked") ? 0 : 5);
          if (!bodiless) {
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    server.start();
    origin = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Request get(String target, Check... checks) {
    return new Request("GET", origin, target, List.of(), new byte[0], List.of(checks));
  }

  /** What tests vary that has no short way in the plan. */
  private static LoadPlan plan(
      List<Request> requests,
      Connections connections,
      Extent extent,
      int threads,
      Variables... variables) {
    LoadPlan.Change change =
        LoadPlan.of(requests.getFirst())
            .change()
            .requests(requests)
            .connections(connections)
            .extent(extent)
            .timeout(Duration.ofSeconds(20))
            .threads(threads);
    for (Variables given : variables) {
      change.variables(given);
    }
    return change.plan();
  }

  private static LoadResult run(LoadPlan plan) throws Exception {
    return LoadRun.start(plan, p -> {}).await();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void every_transport_sends_the_amount_that_was_asked(Transport transport) throws Exception {
    LoadPlan plan =
        LoadPlan.of(get("/")).change().extent(new Extent.Count(137)).transport(transport).plan();
    LoadResult result = run(plan);
    assertThat(result.responses()).isEqualTo(137);
    assertThat(seen).hasSize(137);
    assertThat(result.statuses()).containsExactly(Map.entry(200, 137L));
    assertThat(result.latency().getTotalCount()).isEqualTo(137);
    assertThat(result.connectionsOpened()).isEqualTo(10);
    assertThat(result.errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void threads_share_amount_and_connections(int threads) throws Exception {
    LoadResult result =
        run(plan(List.of(get("/")), Connections.of(7), new Extent.Count(101), threads));
    assertThat(result.responses()).isEqualTo(101);
    assertThat(seen).hasSize(101);
    assertThat(result.connectionsOpened()).isEqualTo(7);
    assertThat(peers).hasSizeLessThanOrEqualTo(7);
    assertThat(result.generator().loopBusyShares()).hasSize(threads);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/chunked", "/status/204", "/status/404", "/status/500"})
  void every_status_and_framing_is_counted(String target) throws Exception {
    LoadResult result = run(LoadPlan.of(get(target)).with(new Extent.Count(30)));
    int status = target.startsWith("/status/") ? Integer.parseInt(target.substring(8)) : 200;
    assertThat(result.statuses()).containsExactly(Map.entry(status, 30L));
    assertThat(result.responsesOfClass(status / 100)).isEqualTo(30);
    assertThat(result.bodyBytes().getMaxValue()).isEqualTo(status == 204 ? 0 : 5);
  }

  @Test
  void head_is_answered_without_a_body() throws Exception {
    Request head = new Request("HEAD", origin, "/", List.of(), new byte[0], List.of());
    assertThat(run(LoadPlan.of(head).with(new Extent.Count(30))).responses()).isEqualTo(30);
  }

  @Test
  void method_headers_and_body_arrive_as_they_were_asked() throws Exception {
    Request post =
        new Request(
            "POST",
            origin,
            "/a?b=c%20d",
            List.of(new Header("X-Test", "ü")),
            "{\"n\": 1}".getBytes(StandardCharsets.UTF_8),
            List.of());
    run(LoadPlan.of(post).with(new Extent.Count(10)));
    assertThat(seen)
        .hasSize(10)
        .allMatch(s -> s.startsWith("POST /a?b=c%20d ") && s.endsWith(" {\"n\": 1}"));
  }

  @Test
  void a_chunked_request_body_arrives_whole() throws Exception {
    Request post =
        new Request(
            "POST",
            origin,
            "/",
            List.of(new Header("Transfer-Encoding", "chunked")),
            "some text".getBytes(StandardCharsets.UTF_8),
            List.of());
    LoadResult result = run(LoadPlan.of(post).with(new Extent.Count(10)));
    assertThat(result.errors()).isEmpty();
    assertThat(seen).hasSize(10).allMatch(s -> s.endsWith(" some text"));
  }

  @Test
  void each_request_can_carry_data_of_its_own() throws Exception {
    Variables variables =
        new Variables(
            Optional.of(new Variables.Rows(List.of("n"), List.of(List.of("one"), List.of("two")))),
            9);
    Request post =
        new Request(
            "POST",
            origin,
            "/[<counter>]",
            List.of(new Header("X-Test", "[<row.n>]")),
            "[<id>] [<text:5>]".getBytes(StandardCharsets.UTF_8),
            List.of());
    run(plan(List.of(post), Connections.of(4), new Extent.Count(60), 2, variables));
    Set<String> targets = Set.copyOf(seen.stream().map(s -> s.split(" ", -1)[1]).toList());
    Set<String> ids = Set.copyOf(seen.stream().map(s -> s.split(" ", -1)[3]).toList());
    assertThat(targets).hasSize(60).contains("/0", "/59");
    assertThat(ids).hasSize(60);
    assertThat(seen.stream().filter(s -> s.contains(" one "))).hasSize(30);
    assertThat(seen).allMatch(s -> s.split(" ", -1)[4].length() == 5);
  }

  @Test
  void many_requests_are_sent_in_turn_by_each_connection() throws Exception {
    run(plan(List.of(get("/0"), get("/1"), get("/2")), Connections.of(3), new Extent.Count(90), 1));
    for (String target : List.of("/0", "/1", "/2")) {
      assertThat(seen.stream().filter(s -> s.contains(" " + target + " "))).hasSizeBetween(25, 35);
    }
  }

  @Test
  void a_check_that_fails_is_a_mismatch_with_an_example() throws Exception {
    List<Check> wrong =
        List.of(
            new Check.StatusIn(Set.of(201)),
            new Check.HeaderContains("x-answer", "no"),
            new Check.BodyEquals("hell"),
            new Check.BodyContains("world"));
    for (Check check : wrong) {
      LoadResult result = run(LoadPlan.of(get("/", check)).with(new Extent.Count(5)));
      assertThat(result.mismatches()).isEqualTo(5);
      assertThat(result.mismatchExample()).isNotBlank();
    }
    Request right =
        get(
            "/",
            new Check.StatusIn(Set.of(200, 201)),
            new Check.HeaderContains("X-ANSWER", "yes"),
            new Check.BodyEquals("hello"),
            new Check.BodyContains("ell"));
    assertThat(run(LoadPlan.of(right).with(new Extent.Count(5))).mismatches()).isZero();
  }

  @Test
  void a_connection_is_opened_anew_after_as_many_requests_as_asked() throws Exception {
    Connections connections =
        new Connections(
            2, 1, Protocol.HTTP_1, 5, OptionalLong.empty(), Optional.empty(), Tls.DEFAULT);
    LoadResult result = run(plan(List.of(get("/")), connections, new Extent.Count(50), 1));
    assertThat(result.errors()).isEmpty();
    assertThat(peers.values()).allMatch(n -> n <= 5);
    assertThat(result.connectionsOpened()).isBetween(10L, 12L);
  }

  @Test
  void a_connection_that_may_send_no_more_ends_and_with_the_last_the_run() throws Exception {
    Connections connections =
        new Connections(
            3, 1, Protocol.HTTP_1, 0, OptionalLong.of(4), Optional.empty(), Tls.DEFAULT);
    LoadResult result =
        run(plan(List.of(get("/")), connections, new Extent.Time(Duration.ofMinutes(5)), 2));
    assertThat(result.responses()).isEqualTo(12);
    assertThat(result.elapsed()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void pipelined_requests_are_all_answered() throws Exception {
    Connections connections =
        new Connections(
            2, 8, Protocol.HTTP_1, 0, OptionalLong.empty(), Optional.empty(), Tls.DEFAULT);
    LoadResult result = run(plan(List.of(get("/")), connections, new Extent.Count(300), 1));
    assertThat(result.responses()).isEqualTo(300);
    assertThat(result.errors()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Pace.Arrivals.class)
  void a_rate_is_kept_and_smooth(Pace.Arrivals arrivals) throws Exception {
    LoadPlan plan =
        LoadPlan.of(get("/"))
            .with(Connections.of(20))
            .with(new Pace.AtRate(400, arrivals))
            .with(new Extent.Time(Duration.ofSeconds(2)));
    LoadResult result = run(plan);
    assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    double planned = 400 * seconds(result.elapsed());
    double tolerance = arrivals == Pace.Arrivals.CONSTANT ? 2 : 6 * Math.sqrt(planned);
    assertThat((double) result.requestsSent() + result.unsent())
        .isBetween(planned - tolerance, planned + tolerance);
    assertThat(result.latency().getTotalCount()).isEqualTo(result.requestsSent() + result.unsent());
    assertThat(result.lateness().getTotalCount()).isEqualTo(result.requestsSent());
  }

  @Test
  void each_connection_keeps_a_rate_of_its_own() throws Exception {
    LoadPlan plan =
        LoadPlan.of(get("/"))
            .with(Connections.of(5))
            .with(new Pace.PerConnection(40))
            .with(new Extent.Time(Duration.ofSeconds(2)));
    LoadResult result = run(plan);
    double each = 40 * seconds(result.elapsed());
    assertThat((double) result.requestsSent() + result.unsent())
        .isBetween(5 * each - 2, 5 * each + 2);
    assertThat(peers).hasSize(5);
    assertThat(peers.values()).allMatch(n -> n >= each - 2 - result.unsent() && n <= each + 2);
  }

  /** A machine that stalls ends a load late: it has planned for all of the time that passed. */
  private static double seconds(Duration elapsed) {
    return elapsed.toNanos() / 1e9;
  }

  @Test
  void samples_add_up_to_the_whole() throws Exception {
    LoadPlan plan = LoadPlan.of(get("/")).with(new Extent.Time(Duration.ofMillis(2500)));
    LoadResult result = run(plan);
    List<LoadResult.Sample> samples = result.samples();
    if (samples.getFirst().at().compareTo(Duration.ofMillis(2400)) < 0) {
      assertThat(samples).hasSize(3); // else the first was so late that it took the second's place
    }
    for (int i = 0; i < samples.size() - 1; i++) {
      assertThat(samples.get(i).at()).isGreaterThanOrEqualTo(Duration.ofSeconds(i + 1));
    }
    assertThat(samples.getLast().at()).isEqualTo(result.elapsed());
    assertThat(
            samples.stream().map(LoadResult.Sample::length).reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(result.elapsed());
    assertThat(samples.stream().mapToLong(LoadResult.Sample::responses).sum())
        .isEqualTo(result.responsesInTime());
    assertThat(samples.stream().mapToLong(LoadResult.Sample::bytes).sum())
        .isEqualTo(result.bytesRead());
  }

  @Test
  void several_origins_are_loaded_side_by_side() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    other.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    other.start();
    try {
      URI second = URI.create("http://localhost:" + other.getAddress().getPort());
      Request there = new Request("GET", second, "/", List.of(), new byte[0], List.of());
      LoadResult result =
          run(plan(List.of(get("/"), there), Connections.of(4), new Extent.Count(100), 1));
      assertThat(result.statuses()).containsOnlyKeys(200, 202);
      assertThat(result.responses()).isEqualTo(100);
    } finally {
      other.stop(0);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void a_unix_socket_is_loaded_as_a_port_is(Transport transport, @TempDir Path folder)
      throws Exception {
    Path socket = folder.resolve("s");
    try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listening.bind(UnixDomainSocketAddress.of(socket));
      Thread.ofPlatform().daemon().start(() -> serve(listening));
      Connections connections =
          new Connections(
              2, 1, Protocol.HTTP_1, 0, OptionalLong.empty(), Optional.of(socket), Tls.DEFAULT);
      LoadPlan plan =
          LoadPlan.of(get("/"))
              .change()
              .connections(connections)
              .extent(new Extent.Count(20))
              .transport(transport)
              .plan();
      LoadResult result = run(plan);
      assertThat(result.errors()).isEmpty();
      assertThat(result.responses()).isEqualTo(20);
    }
  }

  private static void serve(ServerSocketChannel listening) {
    while (true) {
      try {
        SocketChannel client = listening.accept();
        Thread.ofVirtual()
            .start(
                () -> {
                  ByteBuffer in = ByteBuffer.allocate(4096);
                  try (client) {
                    while (client.read(in.clear()) > 0) {
                      client.write(
                          ByteBuffer.wrap(
                              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                                  .getBytes(StandardCharsets.US_ASCII)));
                    }
                  } catch (java.io.IOException e) {
                    // closed
                  }
                });
      } catch (java.io.IOException e) {
        return;
      }
    }
  }
}
