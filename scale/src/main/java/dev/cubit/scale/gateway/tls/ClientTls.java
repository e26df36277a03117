package dev.cubit.scale.gateway.tls;

import dev.cubit.scale.topology.Link;
import dev.cubit.scale.topology.ScaleException;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * How servers are spoken to over TLS: each is asked by its name (SNI), which its certificate must
 * have, and somebody trusted must vouch for it.
 */
public final class ClientTls {
  private final Link link;
  private final List<X509Certificate> authorities;

  /** Made when it is wanted, as reading whom the JDK trusts takes a moment; this object's lock. */
  private @Nullable SslContext context;

  private ClientTls(Link link, List<X509Certificate> authorities) {
    this.link = link;
    this.authorities = authorities;
  }

  /** As where the file says nothing. */
  public static ClientTls usual() {
    return new ClientTls(Link.usual(), List.of());
  }

  /**
   * Reads whom to trust.
   *
   * @throws ScaleException where that file is not good
   */
  public static ClientTls of(Link link) throws ScaleException {
    if (link.authorities().isEmpty()) {
      return new ClientTls(link, List.of());
    }
    Path file = link.authorities().get();
    byte[] pem = PemBytes.bytes(file, "certificates to trust");
    return new ClientTls(link, Credentials.certificates(pem, file));
  }

  /** Does beforehand what would take long on an event loop. */
  public synchronized SslContext prepare() {
    SslContext known = context;
    if (known == null) {
      known = make();
      context = known;
    }
    return known;
  }

  private SslContext make() {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
            .endpointIdentificationAlgorithm("HTTPS");
    if (!authorities.isEmpty()) {
      builder.trustManager(authorities);
    }
    if (link.protocol() == Link.Protocol.HTTP_2) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              ApplicationProtocolConfig.Protocol.ALPN,
              ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
              ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
              ApplicationProtocolNames.HTTP_2));
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * For one connection.
   *
   * @param host name or address, as it is in the file
   */
  public SslHandler handler(ByteBufAllocator allocator, String host, int port, Duration time) {
    SslHandler handler = prepare().newHandler(allocator, host, port);
    handler.setHandshakeTimeoutMillis(time.toMillis());
    return handler;
  }

  /**
   * For one question that is asked without a loop, by HTTP/1.1. Its handshake begins with the first
   * byte that is written.
   *
   * @param open which is closed with it
   * @param host name or address, as it is in the file
   */
  public Socket over(Socket open, String host) throws IOException {
    SSLContext tls = ((JdkSslContext) prepare()).context();
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(open, host, open.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }
}
