package dev.cubit.load.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.Check;
import dev.cubit.load.Connections;
import dev.cubit.load.ErrorKind;
import dev.cubit.load.Extent;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Ending;
import dev.cubit.load.LoadRun;
import dev.cubit.load.Pace;
import dev.cubit.load.Protocol;
import dev.cubit.load.Request;
import dev.cubit.load.Tls;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class HostileServersTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static LoadPlan plan(URI origin, String method) {
    return LoadPlan.of(new Request(method, origin, "/", List.of(), new byte[0], List.of()))
        .with(Connections.of(3))
        .with(new Extent.Time(Duration.ofMillis(400)))
        .withTimeout(Duration.ofSeconds(5));
  }

  private static LoadPlan plan(HostileServer server) {
    return plan(server.origin(), "GET");
  }

  /** Enough for each connection to be used and opened again several times. */
  private static final int ENOUGH = 30;

  /**
   * The result of a load that goes on until enough requests have ended one way or the other, and is
   * ended then as if its time were up: a slow machine only takes longer.
   */
  private static LoadResult runOn(HostileServer server) throws Exception {
    return runUntil(plan(server), ENOUGH);
  }

  private static LoadResult runUntil(LoadPlan plan, int ended) throws Exception {
    CompletableFuture<LoadRun> run = new CompletableFuture<>();
    LoadPlan endless =
        plan.change()
            .extent(new Extent.Time(Duration.ofHours(1)))
            .sampleInterval(Duration.ofMillis(20))
            .plan();
    run.complete(
        LoadRun.start(
            endless,
            progress -> {
              if (progress.responses() + progress.errors() >= ended) {
                run.join().finish();
              }
            }));
    return balanced(run.join().await());
  }

  private static LoadResult run(LoadPlan plan) throws Exception {
    return balanced(LoadRun.start(plan, progress -> {}).await());
  }

  private static LoadResult balanced(LoadResult result) {
    // whatever a server does, nothing is lost from the books
    long atOpening =
        result.errors().entrySet().stream()
            .filter(
                e ->
                    Set.of(ErrorKind.CONNECT, ErrorKind.UNRESOLVED, ErrorKind.TLS)
                        .contains(e.getKey()))
            .mapToLong(e -> e.getValue().count())
            .sum();
    assertThat(result.requestsSent())
        .as("sent = answered + failed + unanswered")
        .isLessThanOrEqualTo(
            result.responses() + result.errorCount() - atOpening + result.unanswered())
        .isGreaterThanOrEqualTo(result.responses() + result.unanswered());
    result
        .errors()
        .values()
        .forEach(e -> assertThat(e.example()).isNotBlank().doesNotContain("\n"));
    return result;
  }

  private static void assertOnly(LoadResult result, ErrorKind kind, String example) {
    assertThat(result.errors()).containsOnlyKeys(kind);
    LoadResult.Errors errors = result.errors().get(kind);
    assertThat(errors.count()).isPositive();
    assertThat(errors.example()).containsIgnoringCase(example);
  }

  @Test
  void a_port_where_nothing_listens_ends_the_run_at_once() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    LoadResult result = run(plan(URI.create("http://127.0.0.1:" + port), "GET"));
    assertOnly(result, ErrorKind.CONNECT, "nothing listens there");
    assertThat(result.ending()).isEqualTo(Ending.TARGET_LOST);
    assertThat(result.errorCount()).isEqualTo(3);
  }

  @Test
  void what_cannot_be_opened_is_one_error_however_long_others_take_to_open() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (HostileServer slow = HostileServer.that(client -> Thread.sleep(300))) {
      Request nobody =
          new Request(
              "GET",
              URI.create("http://127.0.0.1:" + port),
              "/",
              List.of(),
              new byte[0],
              List.of());
      LoadPlan plan = plan(slow);
      LoadResult result =
          run(
              plan.change()
                  .requests(List.of(plan.requests().getFirst(), nobody))
                  .connections(
                      new Connections(
                          2,
                          1,
                          Protocol.HTTP_2,
                          0,
                          OptionalLong.empty(),
                          Optional.empty(),
                          Tls.DEFAULT))
                  .plan());
      assertThat(result.ending()).isEqualTo(Ending.TARGET_LOST);
      assertThat(result.errorCount()).isEqualTo(2);
    }
  }

  @Test
  void a_name_that_does_not_resolve_is_named() throws Exception {
    LoadResult result = run(plan(URI.create("http://does-not-exist.invalid"), "GET"));
    assertOnly(result, ErrorKind.UNRESOLVED, "does-not-exist.invalid does not resolve");
    assertThat(result.ending()).isEqualTo(Ending.TARGET_LOST);
  }

  @Test
  void one_that_never_answers_is_timed_out_and_the_wait_is_in_the_latency() throws Exception {
    try (HostileServer server = HostileServer.that(HostileServer.Client::waitForEnd)) {
      LoadResult result = runUntil(plan(server).withTimeout(Duration.ofMillis(300)), 6);
      assertOnly(result, ErrorKind.TIMEOUT, "no answer");
      assertThat(result.responses()).isZero();
      assertThat(result.timeouts()).isGreaterThanOrEqualTo(6);
      assertThat(result.latency().getValueAtPercentile(99)).isGreaterThanOrEqualTo(299_000);
    }
  }

  @Test
  void what_is_not_answered_at_the_end_is_in_the_latency_with_its_wait() throws Exception {
    try (HostileServer server = HostileServer.that(HostileServer.Client::waitForEnd)) {
      LoadResult result = run(plan(server));
      assertThat(result.unanswered()).isEqualTo(3);
      assertThat(result.errorCount()).isZero();
      assertThat(result.latency().getTotalCount()).isEqualTo(3);
      assertThat(result.latency().getMinValue()).isGreaterThanOrEqualTo(390_000);
    }
  }

  @Test
  void in_the_open_model_what_could_not_be_sent_is_counted_and_in_the_latency() throws Exception {
    try (HostileServer server = HostileServer.that(HostileServer.Client::waitForEnd)) {
      LoadPlan plan =
          plan(server)
              .with(new Extent.Time(Duration.ofSeconds(1)))
              .with(new Pace.AtRate(100, Pace.Arrivals.CONSTANT));
      LoadResult result = run(plan);
      assertThat(result.requestsSent()).isEqualTo(3);
      // a machine that stalls ends a load late, and what was planned until then counts
      double micros = result.elapsed().toNanos() / 1e3;
      assertThat(micros).isGreaterThanOrEqualTo(1_000_000);
      assertThat((double) result.unsent()).isBetween(micros / 10_000 - 4, micros / 10_000 - 2);
      assertThat(result.latency().getTotalCount()).isEqualTo(3 + result.unsent());
      assertThat((double) result.latency().getValueAtPercentile(50))
          .isBetween(0.4 * micros, 0.7 * micros);
    }
  }

  @Test
  void one_byte_a_moment_is_no_answer_before_it_is_whole() throws Exception {
    try (HostileServer server =
        HostileServer.that(
            client -> {
              client.readHead();
              for (char c : OK.repeat(20).toCharArray()) {
                client.write(String.valueOf(c));
                Thread.sleep(50);
              }
            })) {
      LoadResult result = runUntil(plan(server).withTimeout(Duration.ofMillis(300)), 3);
      assertThat(result.errors()).containsOnlyKeys(ErrorKind.TIMEOUT);
      assertThat(result.responses()).isZero();
    }
  }

  @Test
  void closing_without_an_answer_is_counted_and_the_connection_opened_again() throws Exception {
    try (HostileServer server = HostileServer.that(HostileServer.Client::readHead)) {
      LoadResult result = runOn(server);
      assertOnly(result, ErrorKind.CLOSED, "without an answer");
      assertThat(result.resets()).isPositive();
      assertThat(result.connectionsOpened()).isGreaterThan(3);
      assertThat(result.latency().getTotalCount()).isGreaterThanOrEqualTo(result.errorCount());
    }
  }

  @Test
  void a_reset_is_counted() throws Exception {
    try (HostileServer server =
        HostileServer.that(
            client -> {
              client.readHead();
              client.reset();
            })) {
      assertOnly(runOn(server), ErrorKind.CLOSED, "without an answer");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 O",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
      })
  void closing_in_the_middle_of_an_answer_is_truncated(String part) throws Exception {
    try (HostileServer server =
        HostileServer.that(
            client -> {
              client.readHead();
              client.write(part);
            })) {
      LoadResult result = runOn(server);
      assertOnly(result, ErrorKind.TRUNCATED, "the server closed the connection in");
      assertThat(result.responses()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "220 smtp.example ready\r\n",
        "HTTP/1.1 000 Nothing\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1e3\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokok\r\n",
        "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000",
      })
  void what_breaks_http_is_a_protocol_error(String response) throws Exception {
    try (HostileServer server = HostileServer.answering(response)) {
      LoadResult result = runOn(server);
      assertThat(result.errors()).containsOnlyKeys(ErrorKind.PROTOCOL);
      assertThat(result.responses()).isZero();
      assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
    }
  }

  @Test
  void two_answers_to_one_request_are_a_protocol_error() throws Exception {
    try (HostileServer server = HostileServer.answering(OK + OK)) {
      LoadResult result = runOn(server);
      assertOnly(result, ErrorKind.PROTOCOL, "no request had asked for");
      assertThat(result.responses()).isPositive();
    }
  }

  @Test
  void a_body_longer_than_its_length_is_a_protocol_error() throws Exception {
    try (HostileServer server =
        HostileServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more")) {
      assertOnly(runOn(server), ErrorKind.PROTOCOL, "no request had asked for");
    }
  }

  @Test
  void a_head_of_a_megabyte_is_given_up() throws Exception {
    String head =
        "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(1 << 20) + "\r\nContent-Length: 0\r\n\r\n";
    try (HostileServer server = HostileServer.answering(head)) {
      assertOnly(runOn(server), ErrorKind.PROTOCOL, "longer than 256 KiB");
    }
  }

  @Test
  void a_head_without_end_is_given_up() throws Exception {
    try (HostileServer server =
        HostileServer.that(
            client -> {
              client.readHead();
              client.write("HTTP/1.1 200 OK\r\n");
              while (true) {
                client.write("X: y\r\n".repeat(1000));
              }
            })) {
      assertOnly(runOn(server), ErrorKind.PROTOCOL, "longer than 256 KiB");
    }
  }

  @Test
  void interim_answers_are_counted_and_not_taken_for_the_last() throws Exception {
    try (HostileServer server =
        HostileServer.answering(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK)) {
      LoadResult result = runOn(server);
      assertThat(result.errors()).isEmpty();
      assertThat(result.statuses()).containsOnlyKeys(100, 103, 200);
      assertThat(result.statuses().get(200)).isEqualTo(result.responses());
    }
  }

  @Test
  void connection_close_is_followed_and_is_no_error() throws Exception {
    try (HostileServer server =
        HostileServer.that(
            client -> {
              client.readHead();
              client.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
            })) {
      LoadResult result = runOn(server);
      assertThat(result.errors()).isEmpty();
      assertThat(result.responses()).isPositive();
      assertThat(result.connectionsOpened()).isBetween(result.responses(), result.responses() + 3);
    }
  }

  @Test
  void without_a_length_the_end_of_the_connection_ends_the_body() throws Exception {
    try (HostileServer server =
        HostileServer.that(
            client -> {
              client.readHead();
              client.write("HTTP/1.0 200 OK\r\n\r\nall of it");
            })) {
      LoadResult result = runOn(server);
      assertThat(result.errors()).isEmpty();
      assertThat(result.bodyBytes().getValueAtPercentile(50)).isEqualTo(9);
    }
  }

  @Test
  void head_204_and_304_have_no_body_whatever_they_say() throws Exception {
    try (HostileServer server =
        HostileServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")) {
      LoadResult result = runUntil(plan(server.origin(), "HEAD"), ENOUGH);
      assertThat(result.errors()).isEmpty();
      assertThat(result.responses()).isPositive();
    }
    for (String status : List.of("204 No Content", "304 Not Modified")) {
      try (HostileServer server =
          HostileServer.answering("HTTP/1.1 " + status + "\r\nContent-Length: 5000\r\n\r\n")) {
        assertThat(runOn(server).errors()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"length", "chunked"})
  void bodies_of_50_megabytes_are_read_and_not_kept(String framing) throws Exception {
    int size = 50 << 20;
    byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (HostileServer server =
        HostileServer.that(
            client -> {
              while (client.readHead()) {
                boolean chunked = framing.equals("chunked");
                client.write(
                    "HTTP/1.1 200 OK\r\n"
                        + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + size)
                        + "\r\n\r\n");
                for (int i = 0; i < 50; i++) {
                  if (chunked) {
                    client.write("100000\r\n");
                  }
                  client.write(block, 0, block.length);
                  if (chunked) {
                    client.write("\r\n");
                  }
                }
                if (chunked) {
                  client.write("0\r\n\r\n");
                }
              }
            })) {
      LoadResult result =
          run(
              plan(server)
                  .with(Connections.of(2))
                  .with(new Extent.Count(4))
                  .withTimeout(Duration.ofSeconds(30)));
      assertThat(result.errors()).isEmpty();
      assertThat(result.responses()).isEqualTo(4);
      assertThat(result.bytesRead()).isGreaterThan(4L * size);
      assertThat(result.bodyBytes().getMaxValue()).isGreaterThanOrEqualTo(size);
    }
  }

  @Test
  void an_answer_cut_at_every_position_is_read_as_one() throws Exception {
    String response =
        "HTTP/1.1 200 OK\r\n"
            + "X: y\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "3;a=b\r\n"
            + "abc\r\n"
            + "0\r\n"
            + "T: 1\r\n\r\n";
    byte[] bytes = response.getBytes(StandardCharsets.ISO_8859_1);
    try (HostileServer server =
        HostileServer.that(
            client -> {
              for (int cut = 0; client.readHead(); cut = (cut + 1) % bytes.length) {
                client.write(bytes, 0, cut);
                Thread.sleep(1);
                client.write(bytes, cut, bytes.length);
              }
            })) {
      LoadResult result = run(plan(server).with(new Extent.Count(400L)));
      assertThat(result.errors()).isEmpty();
      assertThat(result.responses()).isEqualTo(400);
      assertThat(result.bodyBytes().getMaxValue()).isEqualTo(3);
    }
  }

  @Test
  void a_check_sees_the_body_however_it_comes() throws Exception {
    try (HostileServer server =
        HostileServer.that(
            client -> {
              for (int i = 0; client.readHead(); i++) {
                client.write(OK.substring(0, OK.length() - 1));
                client.write(i % 2 == 0 ? "k" : "!");
              }
            })) {
      Request request =
          new Request(
              "GET",
              server.origin(),
              "/",
              List.of(),
              new byte[0],
              List.of(new Check.BodyEquals("ok")));
      LoadResult result =
          run(LoadPlan.of(request).with(Connections.of(1)).with(new Extent.Count(10)));
      assertThat(result.responses()).isEqualTo(10);
      assertThat(result.mismatches()).isEqualTo(5);
      assertThat(result.mismatchExample()).contains("o!");
    }
  }

  @Test
  void a_target_that_goes_away_does_not_keep_a_count_waiting_for_ever() throws Exception {
    HostileServer server = HostileServer.answering(OK);
    LoadPlan plan =
        plan(server).with(new Extent.Count(100_000_000)).withTimeout(Duration.ofMillis(300));
    LoadRun run = LoadRun.start(plan, progress -> {});
    server.close();
    LoadResult result = run.await();
    assertThat(result.ending()).isEqualTo(Ending.TARGET_LOST);
  }

  @Test
  void stopping_gives_what_was_measured_until_then() throws Exception {
    try (HostileServer server = HostileServer.answering(OK)) {
      LoadRun run =
          LoadRun.start(plan(server).with(new Extent.Time(Duration.ofHours(1))), progress -> {});
      org.awaitility.Awaitility.await().until(() -> server.accepted() == 3);
      run.stop();
      LoadResult result = run.await();
      assertThat(result.ending()).isEqualTo(Ending.INTERRUPTED);
      assertThat(result.elapsed()).isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void the_bailout_ends_a_run_of_failures() throws Exception {
    try (HostileServer server = HostileServer.that(HostileServer.Client::readHead)) {
      LoadPlan plan =
          plan(server)
              .change()
              .extent(new Extent.Time(Duration.ofMinutes(10)))
              .bailout(java.util.OptionalInt.of(20))
              .plan();
      LoadResult result = run(plan);
      assertThat(result.ending()).isEqualTo(Ending.BAILED_OUT);
      assertThat(result.errorCount()).isBetween(20L, 40L);
    }
  }

  @Test
  void nothing_is_left_open_after_a_run() throws Exception {
    try (HostileServer server = HostileServer.answering(OK)) {
      run(plan(server)); // what is loaded once stays, and its event loop is kept for the next
      long before = openFiles();
      long threads = loadThreads();
      for (int i = 0; i < 3; i++) {
        run(plan(server).with(Connections.of(50)));
      }
      org.awaitility.Awaitility.await()
          .until(() -> openFiles() <= before + 5 && loadThreads() <= threads);
    }
  }

  private static long loadThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("cubit-load"))
        .count();
  }

  private static long openFiles() throws java.io.IOException {
    try (var files = java.nio.file.Files.list(java.nio.file.Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
