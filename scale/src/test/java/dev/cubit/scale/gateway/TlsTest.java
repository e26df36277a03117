package dev.cubit.scale.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.gateway.tls.PemFolder;
import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.Route;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 over TLS. */
@Timeout(60)
class TlsTest {
  private final Shop shop = Shop.closed();
  private X509Bundle bundle = bundle();
  private PemFolder pem = new PemFolder(Path.of("."));

  private static X509Bundle bundle() {
    try {
      return PemFolder.localhost();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void folder(@TempDir Path folder) {
    pem = new PemFolder(folder);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Backend behind(Backend backend) throws Exception {
    shop.tls(pem.write(bundle)).service("shop", Route.to("/")).open().admit("shop", backend);
    return backend;
  }

  private static HttpClient client(X509Bundle trusted) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(PemFolder.trusting(trusted))
        .build();
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(
        URI.create("https://localhost:" + shop.gateway().port() + "/tea"));
  }

  private HttpResponse<String> get(X509Bundle trusted) throws Exception {
    try (HttpClient client = client(trusted)) {
      return client.send(request().build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private SSLSocket socket(String... protocols) throws Exception {
    SSLContext context = PemFolder.trusting(bundle);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", shop.gateway().port());
    socket.setSoTimeout(10_000);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    return socket;
  }

  private static void send(SSLSocket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void a_service_is_told_that_the_client_spoke_tls(Transport transport) throws Exception {
    shop.transport(transport);
    Backend backend = behind(Backend.saying("hello"));

    assertThat(get(bundle).body()).isEqualTo("hello");

    Backend.Seen seen = backend.seen.getFirst();
    assertThat(seen.field("x-forwarded-proto")).isEqualTo("https");
    assertThat(seen.field("forwarded")).startsWith("for=127.0.0.1;proto=https;host=\"localhost:");
    assertThat(seen.field("via")).isEqualTo("1.1 cubit");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void long_bodies_go_both_ways(Transport transport) throws Exception {
    shop.transport(transport);
    behind(
        Backend.of(
            (request, talk) -> {
              talk.say(Backend.ok(request.body()));
              return true;
            }));
    byte[] body = new byte[3_000_000];
    new Random(7).nextBytes(body);

    try (HttpClient client = client(bundle)) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<byte[]> answer =
            client.send(
                request().POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.body()).isEqualTo(body);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void both_versions_are_spoken(String version) throws Exception {
    behind(Backend.saying("hello"));

    try (SSLSocket socket = socket(version)) {
      send(socket, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

      assertThat(all).startsWith("HTTP/1.1 200 OK").endsWith("hello");
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
  }

  @Test
  void an_answer_that_ends_with_the_connection_ends_as_tls_does() throws Exception {
    behind(
        Backend.of(
            (request, talk) -> {
              talk.say("HTTP/1.1 200 OK\r\n\r\nall of it");
              return false;
            }));

    try (SSLSocket socket = socket()) {
      send(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .endsWith("all of it");
    }
  }

  @Test
  void an_answer_that_is_broken_off_does_not_look_whole() throws Exception {
    behind(
        Backend.of(
            (request, talk) -> {
              talk.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
              return false;
            }));

    try (SSLSocket socket = socket()) {
      send(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void clear_text_is_told_its_mistake() throws Exception {
    behind(Backend.saying("hello"));

    try (RawClient client = shop.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.rest()).startsWith("HTTP/1.1 400").contains("HTTPS");
    }
    assertThat(get(bundle).statusCode()).isEqualTo(200);
  }

  @Test
  void what_is_neither_ends_without_harm() throws Exception {
    behind(Backend.saying("hello"));
    Random random = new Random(11);

    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[1 + random.nextInt(600)];
      random.nextBytes(noise);
      if (i % 2 == 0) {
        noise[0] = 22; // as a handshake begins
      }
      try (RawClient client = shop.client()) {
        client.send(noise);
      }
    }

    assertThat(get(bundle).statusCode()).isEqualTo(200);
    await().untilAsserted(() -> assertThat(shop.gateway().statistics().clients()).isLessThan(2));
  }

  @Test
  void who_does_not_shake_hands_is_let_go() throws Exception {
    GatewayPlan.Limits usual = GatewayPlan.Limits.usual();
    shop.limits(
        new GatewayPlan.Limits(
            usual.headerBytes(),
            usual.headerFields(),
            usual.bodyBytes(),
            Duration.ofMillis(300),
            usual.bodyTime(),
            usual.idleTime(),
            usual.connections()));
    behind(Backend.saying("hello"));

    try (RawClient silent = shop.client();
        RawClient slow = shop.client()) {
      slow.send(new byte[] {22, 3, 1, 2, 0, 1});
      assertThat(silent.isClosed()).isTrue();
      assertThat(slow.rest()).doesNotContain("HTTP");
    }
  }

  @Test
  void a_changed_certificate_is_shown_to_who_comes_then() throws Exception {
    behind(Backend.saying("hello"));
    try (HttpClient kept = client(bundle)) {
      kept.send(request().build(), HttpResponse.BodyHandlers.ofString());
      X509Bundle next = PemFolder.localhost();
      pem.write(next);

      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> get(next).statusCode() == 200);

      assertThat(kept.send(request().build(), HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      assertThatThrownBy(() -> get(bundle)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void who_asks_while_the_gateway_closes_is_answered() throws Exception {
    behind(Backend.saying("hello"));
    try (SSLSocket socket = socket()) {
      send(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(socket.getInputStream().readNBytes(12)).hasSize(12);
      Thread closing = Thread.ofVirtual().start(() -> shop.gateway().close());
      send(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      String rest = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

      assertThat(rest.split("hello", -1).length - 1).isEqualTo(2);
      closing.join();
    }
  }
}
