package dev.cubit.scale.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.ScaleException;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files of a certificate: what is good, what is not, and what happens when they change. */
class ServerTlsTest {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private PemFolder pem = new PemFolder(Path.of("."));
  private @Nullable ServerTls tls;

  @BeforeEach
  void folder(@TempDir Path folder) {
    pem = new PemFolder(folder);
  }

  @AfterEach
  void close() {
    if (tls != null) {
      tls.close();
    }
  }

  private ServerTls start(GatewayPlan.Tls files) throws ScaleException {
    Duration period = Duration.ofMillis(20);
    ServerTls started =
        ServerTls.start(files, List.of("http/1.1"), Duration.ofSeconds(5), period, told::add);
    tls = started;
    return started;
  }

  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"rsa2048", "ecp256", "ecp384", "ed25519"})
  void keys_of_these_kinds_are_good(Algorithm algorithm) throws Exception {
    start(pem.write(PemFolder.certificate("localhost").algorithm(algorithm).buildSelfSigned()));

    assertThat(told).isEmpty();
  }

  @Test
  void a_file_that_is_not_there_is_named() throws Exception {
    GatewayPlan.Tls files = pem.write(PemFolder.localhost());
    Files.delete(files.key());

    assertThatThrownBy(() -> start(files))
        .isInstanceOf(ScaleException.class)
        .hasMessage("there is no file " + files.key() + ", which is to hold the key");
  }

  @Test
  void a_key_of_another_certificate_is_refused() throws Exception {
    GatewayPlan.Tls files = pem.write(PemFolder.localhost());
    pem.key(PemFolder.localhost().getPrivateKeyPEM());

    assertThatThrownBy(() -> start(files))
        .isInstanceOf(ScaleException.class)
        .hasMessage(
            "the key " + files.key() + " is not that of the certificate " + files.certificate());
  }

  @Test
  void a_key_of_another_kind_is_refused() throws Exception {
    GatewayPlan.Tls files = pem.write(PemFolder.localhost());
    pem.key(
        PemFolder.certificate("localhost")
            .algorithm(Algorithm.rsa2048)
            .buildSelfSigned()
            .getPrivateKeyPEM());

    assertThatThrownBy(() -> start(files))
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining("is none for the certificate");
  }

  @Test
  void a_key_in_another_form_is_refused_with_what_to_do() throws Exception {
    GatewayPlan.Tls files = pem.write(PemFolder.localhost());
    pem.key("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");

    assertThatThrownBy(() -> start(files))
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
  }

  @Test
  void what_is_no_pem_is_refused() throws Exception {
    GatewayPlan.Tls files = pem.write(PemFolder.localhost());
    pem.chain("hello");

    assertThatThrownBy(() -> start(files))
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining(files.certificate() + " holds no certificate");
  }

  @Test
  void an_expired_certificate_is_only_told_of() throws Exception {
    X509Bundle old =
        PemFolder.certificate("localhost")
            .notAfter(Instant.now().minus(1, ChronoUnit.DAYS))
            .buildSelfSigned();

    start(pem.write(old));

    assertThat(told).hasSize(1).first().asString().contains("CN=localhost", "expired at");
  }

  @Test
  void files_that_change_are_taken_once_they_are_whole() throws Exception {
    ServerTls started = start(pem.write(PemFolder.localhost()));
    Object before = started.context();

    X509Bundle next = PemFolder.localhost();
    pem.chain(next.getCertificatePathPEM());
    await().until(() -> told.size() == 1);
    assertThat(told.getFirst()).contains("stays as it was", "is not that of the certificate");
    assertThat(started.context()).isSameAs(before);

    pem.key(next.getPrivateKeyPEM());
    await().until(() -> told.size() == 2);
    assertThat(told.getLast()).contains("has changed");
    assertThat(started.context()).isNotSameAs(before);
  }

  @Test
  void files_that_vanish_or_are_half_written_change_nothing() throws Exception {
    X509Bundle bundle = PemFolder.localhost();
    GatewayPlan.Tls files = pem.write(bundle);
    ServerTls started = start(files);
    Object before = started.context();

    Files.delete(files.certificate());
    pem.key(bundle.getPrivateKeyPEM().substring(0, 60));
    pem.chain(bundle.getCertificatePathPEM());
    await().until(() -> told.size() == 1);
    pem.key(bundle.getPrivateKeyPEM());

    await().until(() -> told.size() == 2);
    assertThat(told.getFirst()).contains("holds no private key");
    assertThat(started.context()).isNotSameAs(before);
  }
}
