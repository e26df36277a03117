package dev.cubit.load;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** Makes Netty's TLS settings of ours, and sentences of its failures. */
final class TlsContext {
  private TlsContext() {}

  static SslContext of(Tls tls, Protocol protocol) throws LoadException {
    try {
      SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
      if (tls.acceptAny()) {
        builder
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm(null);
      } else if (!tls.authorities().isEmpty()) {
        builder.trustManager(authorities(tls.authorities()));
      }
      if (tls.certificate().isPresent() && tls.key().isPresent()) {
        builder.keyManager(
            readable(tls.certificate().get()).toFile(), readable(tls.key().get()).toFile());
      }
      if (protocol == Protocol.HTTP_2) {
        builder.applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_2));
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new LoadException(
          "the client certificate and key cannot be used: " + rootMessage(e), e);
    }
  }

  private static List<X509Certificate> authorities(List<Path> files) throws LoadException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(readable(file))) {
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          certificates.add((X509Certificate) certificate);
        }
      } catch (IOException | CertificateException e) {
        throw new LoadException(file + " holds no PEM certificates: " + rootMessage(e), e);
      }
    }
    return certificates;
  }

  private static Path readable(Path file) throws LoadException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new LoadException("there is no file " + file + " that can be read");
    }
    return file;
  }

  /** Why a handshake failed, in a sentence. */
  static String explain(Throwable failure, Endpoint endpoint) {
    String name = endpoint.name();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (t instanceof CertificateExpiredException || message.contains("NotAfter")) {
        return "the certificate of " + name + " has expired (-k accepts it)";
      }
      if (t instanceof CertificateNotYetValidException || message.contains("NotBefore")) {
        return "the certificate of " + name + " is not valid yet (-k accepts it)";
      }
      if (message.contains("No subject alternative") || message.contains("No name matching")) {
        return "the certificate of " + name + " is for another host (-k accepts it)";
      }
      if (message.contains("unable to find valid certification path")) {
        return "the certificate of "
            + name
            + " is signed by no authority that is trusted here (--ca FILE trusts one, -k accepts"
            + " it)";
      }
      if (message.contains("not an SSL/TLS record")
          || message.contains("Unsupported or unrecognized")) {
        return name + " does not speak TLS: use http:// instead of https://";
      }
      if (message.contains("certificate_required") || message.contains("bad_certificate")) {
        return name + " wants a client certificate: give --cert and --key";
      }
    }
    return "no TLS connection to " + name + ": " + rootMessage(failure);
  }

  static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
