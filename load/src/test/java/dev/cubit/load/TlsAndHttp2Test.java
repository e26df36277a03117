package dev.cubit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.load.LoadResult.Ending;
import io.netty.handler.ssl.ClientAuth;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class TlsAndHttp2Test {
  @TempDir Path folder;

  private static CertificateBuilder certificate(String name) {
    return new CertificateBuilder()
        .subject("CN=" + name)
        .addSanDnsName(name)
        .setIsCertificateAuthority(true)
        .notBefore(Instant.now().minus(30, ChronoUnit.DAYS))
        .notAfter(Instant.now().plus(30, ChronoUnit.DAYS));
  }

  private Path pem(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content);
  }

  private static Tls trusting(Path authority) {
    return new Tls(false, List.of(authority), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static final Tls ANY =
      new Tls(true, List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  private static LoadPlan plan(URI origin, Protocol protocol, int streams, Tls tls) {
    return LoadPlan.of(new Request("GET", origin, "/x?y=z", List.of(), new byte[0], List.of()))
        .with(new Connections(2, streams, protocol, 0, OptionalLong.empty(), Optional.empty(), tls))
        .with(new Extent.Count(100))
        .withTimeout(Duration.ofSeconds(10));
  }

  private static LoadResult run(LoadPlan plan) throws Exception {
    return LoadRun.start(plan, p -> {}).await();
  }

  private static String example(LoadResult result) {
    return result.errors().values().iterator().next().example();
  }

  private static void assertRefused(LoadResult result, String why) {
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.TLS);
    assertThat(example(result)).contains(why);
    assertThat(result.ending()).isEqualTo(Ending.TARGET_LOST);
    assertThat(result.responses()).isZero();
  }

  private static void assertAllAnswered(LoadResult result) {
    assertThat(result.errors()).isEmpty();
    assertThat(result.statuses()).containsExactly(Map.entry(200, 100L));
    assertThat(result.bodyBytes().getMaxValue()).isEqualTo(5);
  }

  @Test
  void a_certificate_of_a_trusted_authority_is_accepted() throws Exception {
    X509Bundle bundle = certificate("localhost").buildSelfSigned();
    try (SecureServer server = SecureServer.tls(bundle, false, ClientAuth.NONE)) {
      Path authority = pem("ca.pem", bundle.getCertificatePEM());
      assertAllAnswered(run(plan(server.origin(), Protocol.HTTP_1, 1, trusting(authority))));
      assertThat(server.seen).hasSize(100).allMatch(s -> s.equals("GET /x?y=z"));
    }
  }

  @Test
  void a_certificate_of_no_known_authority_is_refused_unless_any_is_accepted() throws Exception {
    try (SecureServer server =
        SecureServer.tls(certificate("localhost").buildSelfSigned(), false, ClientAuth.NONE)) {
      assertRefused(
          run(plan(server.origin(), Protocol.HTTP_1, 1, Tls.DEFAULT)),
          "signed by no authority that is trusted here");
      assertAllAnswered(run(plan(server.origin(), Protocol.HTTP_1, 1, ANY)));
    }
  }

  @Test
  void an_expired_certificate_is_refused() throws Exception {
    X509Bundle bundle =
        certificate("localhost")
            .notAfter(Instant.now().minus(1, ChronoUnit.DAYS))
            .buildSelfSigned();
    try (SecureServer server = SecureServer.tls(bundle, false, ClientAuth.NONE)) {
      // the JDK does not look at the dates of an authority, but of what it has signed
      Tls tls = trusting(pem("ca.pem", certificate("ca").buildSelfSigned().getCertificatePEM()));
      LoadResult result = run(plan(server.origin(), Protocol.HTTP_1, 1, tls));
      assertThat(result.errors()).containsOnlyKeys(ErrorKind.TLS);
    }
    X509Bundle authority = certificate("ca").buildSelfSigned();
    X509Bundle signed =
        new CertificateBuilder()
            .subject("CN=localhost")
            .addSanDnsName("localhost")
            .notBefore(Instant.now().minus(30, ChronoUnit.DAYS))
            .notAfter(Instant.now().minus(1, ChronoUnit.DAYS))
            .buildIssuedBy(authority);
    try (SecureServer server = SecureServer.tls(signed, false, ClientAuth.NONE)) {
      Tls tls = trusting(pem("authority.pem", authority.getCertificatePEM()));
      assertRefused(run(plan(server.origin(), Protocol.HTTP_1, 1, tls)), "has expired");
      assertAllAnswered(run(plan(server.origin(), Protocol.HTTP_1, 1, ANY)));
    }
  }

  @Test
  void a_certificate_for_another_host_is_refused_unless_the_name_is_given() throws Exception {
    X509Bundle bundle = certificate("elsewhere.example").buildSelfSigned();
    try (SecureServer server = SecureServer.tls(bundle, false, ClientAuth.NONE)) {
      Path authority = pem("ca.pem", bundle.getCertificatePEM());
      assertRefused(
          run(plan(server.origin(), Protocol.HTTP_1, 1, trusting(authority))), "for another host");
      Tls named =
          new Tls(
              false,
              List.of(authority),
              Optional.empty(),
              Optional.empty(),
              Optional.of("elsewhere.example"));
      assertAllAnswered(run(plan(server.origin(), Protocol.HTTP_1, 1, named)));
    }
  }

  @Test
  void a_client_certificate_is_shown_where_it_is_asked_for() throws Exception {
    X509Bundle bundle = certificate("localhost").buildSelfSigned();
    try (SecureServer server = SecureServer.tls(bundle, false, ClientAuth.REQUIRE)) {
      Path authority = pem("ca.pem", bundle.getCertificatePEM());
      LoadResult without = run(plan(server.origin(), Protocol.HTTP_1, 1, trusting(authority)));
      assertThat(without.responses()).isZero();
      assertThat(without.errorCount()).isPositive();
      Tls with =
          new Tls(
              false,
              List.of(authority),
              Optional.of(pem("cert.pem", bundle.getCertificatePEM())),
              Optional.of(pem("key.pem", bundle.getPrivateKeyPEM())),
              Optional.empty());
      assertAllAnswered(run(plan(server.origin(), Protocol.HTTP_1, 1, with)));
    }
  }

  @Test
  void a_server_that_does_not_speak_tls_is_told_from_one_that_does() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                while (!plain.isClosed()) {
                  try (var client = plain.accept()) {
                    client.getInputStream().read();
                    client
                        .getOutputStream()
                        .write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                  } catch (java.io.IOException e) {
                    return;
                  }
                }
              });
      URI origin = URI.create("https://localhost:" + plain.getLocalPort());
      assertRefused(run(plan(origin, Protocol.HTTP_1, 1, ANY)), "does not speak TLS");
    }
  }

  @Test
  void certificates_that_cannot_be_read_are_named() throws Exception {
    Path text = pem("text.pem", "no certificate");
    URI origin = URI.create("https://localhost:1");
    assertThatThrownBy(() -> run(plan(origin, Protocol.HTTP_1, 1, trusting(folder.resolve("no")))))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("there is no file");
    Tls bad = new Tls(false, List.of(), Optional.of(text), Optional.of(text), Optional.empty());
    assertThatThrownBy(() -> run(plan(origin, Protocol.HTTP_1, 1, bad)))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("cannot be used");
  }

  @Test
  void http_2_is_spoken_over_tls() throws Exception {
    try (SecureServer server =
        SecureServer.tls(certificate("localhost").buildSelfSigned(), true, ClientAuth.NONE)) {
      assertAllAnswered(run(plan(server.origin(), Protocol.HTTP_2, 10, ANY)));
      assertThat(server.seen).hasSize(100).allMatch(s -> s.equals("GET /x?y=z"));
    }
  }

  @Test
  void a_server_that_does_not_offer_http_2_is_told() throws Exception {
    try (SecureServer server =
        SecureServer.tls(certificate("localhost").buildSelfSigned(), false, ClientAuth.NONE)) {
      assertRefused(run(plan(server.origin(), Protocol.HTTP_2, 1, ANY)), "does not offer HTTP/2");
    }
  }

  @Test
  void http_2_is_spoken_with_prior_knowledge_and_more_streams_than_the_server_allows()
      throws Exception {
    try (SecureServer server = SecureServer.plain(SecureServer.Manner.WELL)) {
      LoadResult result = run(plan(server.origin(), Protocol.HTTP_2, 50, Tls.DEFAULT));
      assertAllAnswered(result);
      assertThat(result.bytesRead()).isPositive();
      assertThat(result.bytesWritten()).isPositive();
    }
  }

  @Test
  void http_2_carries_headers_bodies_variables_and_checks() throws Exception {
    try (SecureServer server = SecureServer.plain(SecureServer.Manner.WELL)) {
      Request post =
          new Request(
              "POST",
              server.origin(),
              "/[<counter>]",
              List.of(new Header("X-Test", "a"), new Header("Connection", "close")),
              "n=[<counter>]".getBytes(StandardCharsets.UTF_8),
              List.of(
                  new Check.StatusIn(Set.of(200)),
                  new Check.HeaderContains("X-Answer", "yes"),
                  new Check.BodyEquals("hello")));
      LoadPlan plan =
          plan(server.origin(), Protocol.HTTP_2, 4, Tls.DEFAULT)
              .change()
              .requests(List.of(post))
              .variables(new Variables(Optional.empty(), 1))
              .plan();
      LoadResult result = run(plan);
      assertAllAnswered(result);
      assertThat(result.mismatches()).isZero();
      assertThat(server.seen).contains("POST /0", "body n=0", "POST /99", "body n=99");
    }
  }

  @Test
  void a_stream_that_is_reset_is_an_error_of_its_own() throws Exception {
    try (SecureServer server = SecureServer.plain(SecureServer.Manner.RESET_EVERY_STREAM)) {
      LoadResult result = run(plan(server.origin(), Protocol.HTTP_2, 5, Tls.DEFAULT));
      assertThat(result.errors()).containsOnlyKeys(ErrorKind.CLOSED);
      assertThat(result.errorCount()).isEqualTo(100);
      assertThat(example(result)).contains("REFUSED_STREAM");
      assertThat(result.connectionsOpened()).isEqualTo(2);
    }
  }

  @Test
  void a_server_that_goes_away_is_connected_to_anew() throws Exception {
    try (SecureServer server = SecureServer.plain(SecureServer.Manner.GO_AWAY_AFTER_TEN)) {
      LoadResult result = run(plan(server.origin(), Protocol.HTTP_2, 1, Tls.DEFAULT));
      assertThat(result.responses() + result.errorCount()).isEqualTo(100);
      assertThat(result.responses()).isGreaterThanOrEqualTo(90);
      assertThat(result.connectionsOpened()).isGreaterThan(5);
    }
  }

  @Test
  void a_stream_without_an_answer_times_out_and_its_connection_goes_on() throws Exception {
    try (SecureServer server = SecureServer.plain(SecureServer.Manner.NEVER)) {
      LoadPlan plan =
          plan(server.origin(), Protocol.HTTP_2, 3, Tls.DEFAULT)
              .with(new Extent.Count(12))
              .withTimeout(Duration.ofSeconds(3)); // it is for the server's first words as well
      LoadResult result = run(plan);
      assertThat(result.errors()).containsOnlyKeys(ErrorKind.TIMEOUT);
      assertThat(result.timeouts()).isEqualTo(12);
      assertThat(result.connectionsOpened()).isEqualTo(2);
      assertThat(result.latency().getMinValue()).isGreaterThanOrEqualTo(2_990_000);
    }
  }

  @Test
  void a_server_that_answers_http_2_with_http_1_is_a_protocol_error() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                while (!plain.isClosed()) {
                  try (var client = plain.accept()) {
                    client.getInputStream().readNBytes(24);
                    client
                        .getOutputStream()
                        .write(
                            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                  } catch (java.io.IOException e) {
                    return;
                  }
                }
              });
      LoadResult result =
          run(
              plan(
                  URI.create("http://localhost:" + plain.getLocalPort()),
                  Protocol.HTTP_2,
                  1,
                  Tls.DEFAULT));
      assertThat(result.responses()).isZero();
      assertThat(result.errorCount()).isPositive();
      assertThat(result.ending()).isEqualTo(Ending.TARGET_LOST);
    }
  }
}
