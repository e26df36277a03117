package dev.cubit.scale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.scale.gateway.tls.PemFolder;
import dev.cubit.scale.topology.Link;
import dev.cubit.scale.topology.Route;
import dev.cubit.scale.topology.ScaleException;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Services that are spoken to over TLS. */
@Timeout(60)
class SecureServicesTest {
  private final Shop shop = Shop.closed();
  private final List<AutoCloseable> servers = new ArrayList<>();
  @TempDir Path folder = Path.of(".");

  @AfterEach
  void close() throws Exception {
    shop.close();
    for (AutoCloseable server : servers) {
      server.close();
    }
  }

  private Link trusting(X509Bundle authority, Link.Protocol protocol) throws Exception {
    Path file = folder.resolve("ca.pem");
    Files.writeString(file, authority.getCertificatePEM());
    return new Link(protocol, Optional.of(file));
  }

  private void open(Link link) throws ScaleException {
    shop.link(link).service("shop", Route.to("/")).open();
  }

  private void admit(String host, int port) {
    shop.gateway().admit(new Endpoint("shop", "main", "", "shop.1", host, port, true));
  }

  private Backend secure(X509Bundle bundle) throws Exception {
    Backend backend = Backend.secure(bundle, "hello");
    servers.add(backend);
    return backend;
  }

  private static SslContext http2(X509Bundle bundle) throws Exception {
    return SslContextBuilder.forServer(
            bundle.getKeyPair().getPrivate(), bundle.getCertificatePath())
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                "h2"))
        .build();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void a_server_that_is_trusted_is_asked(Transport transport) throws Exception {
    X509Bundle bundle = PemFolder.localhost();
    Backend backend = secure(bundle);
    shop.transport(transport);
    open(trusting(bundle, Link.Protocol.HTTP_1));
    admit("localhost", backend.port());

    for (int i = 0; i < 10; i++) {
      assertThat(shop.get("/" + i).body()).isEqualTo("hello");
    }
    assertThat(backend.connections.get()).as("kept connections").isEqualTo(1);
  }

  @Test
  void http_2_is_agreed_on() throws Exception {
    X509Bundle bundle = PemFolder.localhost();
    Http2Backend backend =
        Http2Backend.of(
            http2(bundle),
            (request, talk) -> talk.head(false, ":status", "200").data(true, "hello"));
    servers.add(backend);
    open(trusting(bundle, Link.Protocol.HTTP_2));
    admit("localhost", backend.port());

    assertThat(shop.get("/").body()).contains("hello");
    assertThat(backend.seen.getFirst().field(":scheme")).isEqualTo("https");
  }

  @Test
  void a_server_that_does_not_agree_to_http_2_is_not_asked() throws Exception {
    X509Bundle bundle = PemFolder.localhost();
    Backend backend = secure(bundle);
    open(trusting(bundle, Link.Protocol.HTTP_2));
    admit("localhost", backend.port());

    assertThat(shop.get("/").status()).isEqualTo(502);
    assertThat(backend.seen).isEmpty();
  }

  @Test
  void a_server_that_nobody_vouches_for_is_not_asked() throws Exception {
    Backend backend = secure(PemFolder.localhost());
    open(Link.usual());
    admit("localhost", backend.port());

    RawClient.Answer answer = shop.get("/");
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body()).contains("\"service\":\"shop\"").doesNotContain("localhost");
    assertThat(backend.seen).isEmpty();
  }

  @Test
  void a_server_with_another_name_is_not_asked() throws Exception {
    X509Bundle bundle =
        new io.netty.pkitesting.CertificateBuilder()
            .subject("CN=other.example")
            .addSanDnsName("other.example")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Backend backend = secure(bundle);
    open(trusting(bundle, Link.Protocol.HTTP_1));
    admit("localhost", backend.port());

    assertThat(shop.get("/").status()).isEqualTo(502);
    assertThat(backend.seen).isEmpty();
  }

  @Test
  void a_server_that_speaks_plain_http_is_not_asked() throws Exception {
    X509Bundle bundle = PemFolder.localhost();
    Backend backend = Backend.saying("hello");
    servers.add(backend);
    open(trusting(bundle, Link.Protocol.HTTP_1));
    admit("localhost", backend.port());

    assertThat(shop.get("/").status()).isEqualTo(502);
  }

  @Test
  void whom_to_trust_must_be_readable() throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), "hello");
    Link link = new Link(Link.Protocol.HTTP_1, Optional.of(file));

    assertThatThrownBy(() -> open(link))
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining(file + " holds no certificate");
  }
}
