package dev.cubit.scale.gateway.tls;

import dev.cubit.scale.topology.GatewayPlan;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate and its key in two files, as a test wants them. */
public final class PemFolder {
  private final Path folder;

  public PemFolder(Path folder) {
    this.folder = folder;
  }

  /** Good for a month. */
  public static CertificateBuilder certificate(String name) {
    return new CertificateBuilder()
        .subject("CN=" + name)
        .addSanDnsName(name)
        .addSanIpAddress("127.0.0.1")
        .setIsCertificateAuthority(true)
        .notBefore(Instant.now().minus(30, ChronoUnit.DAYS))
        .notAfter(Instant.now().plus(30, ChronoUnit.DAYS));
  }

  public static X509Bundle localhost() throws Exception {
    return certificate("localhost").buildSelfSigned();
  }

  /** Both files, written anew. */
  public GatewayPlan.Tls write(X509Bundle bundle) throws IOException {
    chain(bundle.getCertificatePathPEM());
    key(bundle.getPrivateKeyPEM());
    return files();
  }

  public GatewayPlan.Tls files() {
    return new GatewayPlan.Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"));
  }

  public void chain(String content) throws IOException {
    Files.writeString(folder.resolve("cert.pem"), content);
  }

  public void key(String content) throws IOException {
    Files.writeString(folder.resolve("key.pem"), content);
  }

  /** What a client has that trusts these, and nobody else. */
  public static SSLContext trusting(X509Bundle... authorities) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < authorities.length; i++) {
      store.setCertificateEntry("ca" + i, authorities[i].getCertificate());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), new SecureRandom());
    return context;
  }
}
