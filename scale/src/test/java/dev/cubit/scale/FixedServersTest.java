package dev.cubit.scale;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.cubit.scale.ServerStatus.State;
import dev.cubit.scale.gateway.tls.PemFolder;
import dev.cubit.scale.topology.ScaleException;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that Cubit has not started, behind a real gateway. */
class FixedServersTest {
  private static final String HEALTH =
      "health: { path: /health, interval: 50ms, timeout: 500ms, rise: 2, fall: 2 }";

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T opened(T it) {
    open.add(it);
    return it;
  }

  private Elsewhere server(String name) throws IOException {
    return opened(Elsewhere.named(name));
  }

  private Front front() throws ScaleException {
    return opened(Front.in(folder));
  }

  private static String at(Elsewhere... servers) {
    return "at: " + List.of(servers).stream().map(Elsewhere::url).toList();
  }

  /** Who answers, asked many times. */
  private static Set<String> answering(Front front, String target) throws Exception {
    Set<String> who = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      who.add(front.get(target));
    }
    return who;
  }

  @Test
  void requests_are_spread_over_all_servers_of_a_list() throws Exception {
    Front front = front().shop(at(server("a"), server("b"), server("c")));

    await().until(() -> answering(front, "/").size() == 3);
    assertThat(front.servers.snapshot())
        .extracting(s -> s.state().toString())
        .containsExactly("up", "up", "up");
  }

  @Test
  void a_server_that_dies_is_taken_out_and_comes_back() throws Exception {
    Elsewhere a = server("a");
    Elsewhere b = server("b");
    Front front = front().shop(at(a, b), HEALTH);
    await().until(() -> answering(front, "/").size() == 2);

    a.die();
    await().until(() -> front.state(a).startsWith("down: GET /health fails"));
    assertThat(answering(front, "/")).containsExactly("b");

    a.comeBack();
    await().until(() -> front.state(a).equals("up"));
    assertThat(answering(front, "/")).containsExactly("a", "b");
    await()
        .untilAsserted(
            () ->
                assertThat(front.told)
                    .filteredOn(e -> e.server().equals("shop.127.0.0.1:" + a.port()))
                    .extracting(ServerEvent::sentence)
                    .satisfiesExactly(
                        s -> assertThat(s).isEqualTo("takes requests"),
                        s -> assertThat(s).startsWith("gets no requests: GET /health fails"),
                        s -> assertThat(s).isEqualTo("takes requests again")));
  }

  @Test
  void a_server_that_says_it_is_unwell_gets_no_requests() throws Exception {
    Elsewhere a = server("a");
    Elsewhere b = server("b");
    Front front = front().shop(at(a, b), HEALTH);
    await().until(() -> answering(front, "/").size() == 2);

    b.health = 503;

    await().until(() -> front.state(b).equals("down: GET /health answers 503"));
    assertThat(answering(front, "/")).containsExactly("a");
  }

  @Test
  void a_server_that_is_not_there_never_gets_a_request() throws Exception {
    Elsewhere a = server("a");
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }

    Front front = front().shop("at: [http://127.0.0.1:" + nobody + ", " + a.url() + "]");

    assertThat(answering(front, "/")).containsExactly("a");
    assertThat(front.gateway.statistics().endpoints()).hasSize(1);
    assertThat(front.servers.snapshot())
        .anySatisfy(s -> assertThat(s.why()).startsWith("its port does not accept"));
  }

  @Test
  void of_a_server_of_http2_alone_it_is_said_that_its_health_is_asked_by_another()
      throws Exception {
    ServerSocket server = opened(new ServerSocket(0));
    byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    Thread.startVirtualThread(
        () -> {
          try {
            while (true) {
              try (Socket client = server.accept()) {
                client.getInputStream().read();
                client.getOutputStream().write(settings);
              }
            }
          } catch (IOException e) {
            // the test is over
          }
        });

    Front front =
        front().shop("at: http://127.0.0.1:" + server.getLocalPort(), "protocol: http2", HEALTH);

    awaitState(front, State.DOWN, "GET /health is not answered by HTTP/1.1");
  }

  @Test
  void requests_wait_until_the_first_server_has_been_asked() throws Exception {
    Elsewhere a = server("a");
    a.health = 503;
    Front front = front().shop(at(a), HEALTH);
    await().until(() -> front.state(a).startsWith("down"));
    List<String> answers = new CopyOnWriteArrayList<>();
    Thread client = Thread.startVirtualThread(() -> answers.add(got(front)));

    a.health = 204;

    client.join();
    assertThat(answers).containsExactly("a");
  }

  @Test
  void where_all_say_that_they_are_unwell_none_is_asked_and_requests_wait() throws Exception {
    Elsewhere a = server("a");
    Elsewhere b = server("b");
    Front front = front().shop(at(a, b), HEALTH);
    await().until(() -> answering(front, "/").size() == 2);
    a.health = 503;
    b.health = 503;
    await().until(() -> front.state(a).startsWith("down") && front.state(b).startsWith("down"));
    int before = b.requests.get();
    List<CompletableFuture<String>> answers =
        Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> got(front), Thread::startVirtualThread))
            .limit(20)
            .toList();

    a.health = 204;

    assertThat(answers).extracting(CompletableFuture::join).containsOnly("a");
    assertThat(b.requests).hasValue(before);
  }

  private static String got(Front front) {
    try {
      return front.get("/");
    } catch (IOException | InterruptedException e) {
      return e.toString();
    }
  }

  @Test
  void a_changed_list_loses_no_request() throws Exception {
    Elsewhere a = server("a");
    Elsewhere b = server("b");
    Elsewhere c = server("c");
    Front front = front().shop(at(a, b), HEALTH);
    AtomicInteger answered = new AtomicInteger();
    List<String> lost = new CopyOnWriteArrayList<>();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  while (!Thread.currentThread().isInterrupted()) {
                    front.get("/");
                    answered.incrementAndGet();
                    Thread.sleep(1);
                  }
                } catch (InterruptedException e) {
                  // enough
                } catch (IOException e) {
                  lost.add(e.toString());
                }
              }));
    }
    for (int round = 0; round < 5; round++) {
      for (String list : List.of(at(b, c), at(c), at(a), at(a, b, c), at(a, b))) {
        int before = answered.get();
        front.shop(list, HEALTH);
        await().until(() -> answered.get() > before + 20 || !lost.isEmpty());
      }
    }
    clients.forEach(Thread::interrupt);
    for (Thread client : clients) {
      client.join();
    }

    assertThat(lost).isEmpty();
    int before = c.requests.get();
    assertThat(answering(front, "/")).containsExactly("a", "b");
    assertThat(c.requests).hasValue(before);
    await().until(() -> front.gateway.statistics().endpoints().size() == 2);
  }

  @Test
  void a_file_that_is_read_again_touches_only_what_it_changes() throws Exception {
    Elsewhere a = server("a");
    Elsewhere b = server("b");
    Front front = front().shop(at(a), HEALTH);
    await().until(() -> front.state(a).equals("up"));
    ServerStatus before = front.servers.snapshot().getFirst();
    front.get("/");

    front.shop(at(a, b), HEALTH, "balance: round-robin");

    await().until(() -> front.state(b).equals("up"));
    assertThat(front.servers.snapshot()).contains(before);
    front.shop("run: cat"); // as a service that Cubit starts
    await().until(() -> front.servers.snapshot().isEmpty());
    await().until(() -> front.gateway.statistics().endpoints().isEmpty());
    assertThat(front.sentences()).contains("is no longer named, and answers its last requests");
  }

  @Test
  void each_partition_has_its_own_servers() throws Exception {
    Elsewhere first = server("first");
    Elsewhere second = server("second");
    Front front =
        front()
            .shop(
                "partitions:",
                "  key: path[0]",
                "  ranges: { A-L: { %s }, M-Z: { %s } }".formatted(at(first), at(second)));

    assertThat(answering(front, "/apple")).containsExactly("first");
    assertThat(answering(front, "/tea")).containsExactly("second");
    assertThat(front.servers.snapshot())
        .extracting(ServerStatus::name)
        .containsExactly(
            "shop.A-L.127.0.0.1:" + first.port(), "shop.M-Z.127.0.0.1:" + second.port());
  }

  @Test
  void a_server_at_https_is_asked_by_its_name_which_its_certificate_must_have() throws Exception {
    X509Bundle bundle = PemFolder.localhost();
    Files.writeString(folder.resolve("ca.pem"), bundle.getCertificatePEM());
    KeyManagerFactory keys = bundle.toKeyManagerFactory();
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 3);
          exchange.getResponseBody().write("tls".getBytes(US_ASCII));
          exchange.close();
        });
    server.start();
    opened(() -> server.stop(0));
    int port = server.getAddress().getPort();

    Front front = front().shop("at: https://localhost:" + port, "ca: ca.pem");
    assertThat(front.get("/")).isEqualTo("tls");

    front.shop("at: https://localhost:" + port);
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> front.get("/"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("502"));

    AtomicInteger health = new AtomicInteger(500);
    server.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(health.get(), -1);
          exchange.close();
        });
    String often = "health: { path: /health, interval: 50ms, timeout: 10s, rise: 1, fall: 1 }";
    front.shop("at: https://localhost:" + port, "ca: ca.pem", often);
    awaitState(front, State.DOWN, "GET /health answers 500");
    health.set(204);
    awaitState(front, State.UP, "");
    assertThat(front.get("/")).isEqualTo("tls");
    front.shop("at: https://localhost:" + port, often);
    awaitState(front, State.DOWN, "GET /health fails: ");
  }

  private static void awaitState(Front front, State state, String why) {
    await()
        .untilAsserted(
            () ->
                assertThat(front.servers.snapshot())
                    .singleElement()
                    .satisfies(
                        server -> {
                          assertThat(server.state()).isEqualTo(state);
                          assertThat(server.why()).contains(why);
                        }));
  }

  // ---- names

  private NameServer names() {
    return opened(NameServer.start());
  }

  @Test
  void a_name_in_a_list_is_looked_up_also_in_the_hosts_file() throws Exception {
    Elsewhere a = server("a");
    Front front = front().shop("at: http://localhost:" + a.port());

    assertThat(front.get("/")).isEqualTo("a");
  }

  @Test
  void requests_follow_a_name_within_its_ttl() throws Exception {
    Elsewhere a = opened(Elsewhere.at("a", "127.0.0.2", 0));
    Elsewhere b = opened(Elsewhere.at("b", "127.0.0.3", a.port()));
    NameServer names = names().say("shop.test", 1, "127.0.0.2");
    Front front = opened(Front.in(folder, names)).shop("dns: shop.test:" + a.port());
    assertThat(answering(front, "/")).containsExactly("a");

    names.say("shop.test", 1, "127.0.0.2", "127.0.0.3");
    await().until(() -> answering(front, "/").size() == 2);
    names.say("shop.test", 1, "127.0.0.3");

    await().atMost(Duration.ofSeconds(3)).until(() -> answering(front, "/").equals(Set.of("b")));
    await().until(() -> front.gateway.statistics().endpoints().size() == 1);
    assertThat(b.requests.get()).isPositive();
  }

  @Test
  void a_look_up_that_fails_leaves_the_servers_and_is_said_once() throws Exception {
    Elsewhere a = server("a");
    NameServer names = names().say("shop.test", 1, "127.0.0.1");
    Front front = opened(Front.in(folder, names)).shop("dns: shop.test:" + a.port());
    assertThat(front.get("/")).isEqualTo("a");

    names.forget("shop.test");
    String failed =
        "cannot be found, so its servers stay as they were: no name server knows an address of it";
    await().until(() -> front.sentences().contains(failed));
    int before = names.questions.get();
    await().until(() -> names.questions.get() > before + 4);
    assertThat(front.get("/")).isEqualTo("a");
    names.say("shop.test", 1, "127.0.0.1");

    await().until(() -> front.sentences().contains("is found again"));
    assertThat(front.sentences()).containsOnlyOnce(failed);
    assertThat(front.told.getLast().server()).isEqualTo("shop.test:" + a.port());
  }

  @Test
  void a_name_that_leads_nowhere_is_listed_and_found_later() throws Exception {
    Elsewhere a = server("a");
    NameServer names = names();
    Front front = opened(Front.in(folder, names)).shop("dns: shop.test:" + a.port());
    assertThat(front.state(a)).isEqualTo("down: no name server knows an address of it");

    names.say("shop.test", 1, "127.0.0.1");

    await().until(() -> front.state(a).equals("up"));
    assertThat(front.get("/")).isEqualTo("a");
  }

  @Test
  void an_srv_name_leads_to_the_ports_of_the_preferred_servers() throws Exception {
    Elsewhere a = server("a");
    Elsewhere b = server("b");
    Elsewhere spare = server("spare");
    NameServer names = names().say("host.test", 1, "127.0.0.1");
    names.service("_http._tcp.shop.test", 1, 1, a.port(), "host.test");
    names.service("_http._tcp.shop.test", 1, 1, b.port(), "host.test");
    names.service("_http._tcp.shop.test", 1, 2, spare.port(), "host.test");
    Front front = opened(Front.in(folder, names)).shop("dns: _http._tcp.shop.test");
    await().until(() -> answering(front, "/").equals(Set.of("a", "b")));

    names.forget("_http._tcp.shop.test");
    names.service("_http._tcp.shop.test", 1, 2, spare.port(), "host.test");

    await().until(() -> answering(front, "/").equals(Set.of("spare")));
  }
}
