package dev.cubit.scale.gateway.tls;

import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.ScaleException;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * What clients are greeted with: a certificate from two PEM files, read again when they change.
 * Connections that are open go on with what they began with.
 *
 * <pre>
 *   CURRENT ── a file changed ──► SEEN ── the same at the next look, and good ──► CURRENT (new)
 *      ▲                           │ changed again: still being written ─► SEEN
 *      └── the same, but bad ──────┘   (the old one stays, and that is told once)
 * </pre>
 *
 * <p>The files' content is compared, not their times: they may be links that are swapped, and a
 * pair of files is never written at one moment. TLS 1.3 and 1.2, with the cipher suites that HTTP/2
 * allows (RFC 9113, appendix A).
 */
public final class ServerTls implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final GatewayPlan.Tls files;
  private final List<String> protocols;
  private final Duration handshakeTime;
  private final Consumer<String> told;
  private final Thread watching;
  private volatile SslContext current;

  // the watching thread's
  private PemBytes used;
  private PemBytes seen;

  private ServerTls(
      GatewayPlan.Tls files,
      List<String> protocols,
      Duration handshakeTime,
      Duration period,
      Consumer<String> told)
      throws ScaleException {
    this.files = files;
    this.protocols = protocols;
    this.handshakeTime = handshakeTime;
    this.told = told;
    this.used = PemBytes.read(files.certificate(), files.key());
    this.seen = used;
    this.current = context(used);
    this.watching = Thread.ofVirtual().name("cubit-certificates").unstarted(() -> watch(period));
  }

  /**
   * Reads the files, and looks at them every two seconds from now on.
   *
   * @param protocols that are agreed on by ALPN, the best first
   * @param handshakeTime after which a client that has not said enough is let go
   * @param told gets a sentence where a certificate is out of date, was changed or cannot be used;
   *     on a thread of its own after the start
   * @throws ScaleException where the files do not make a server
   */
  public static ServerTls start(
      GatewayPlan.Tls files, List<String> protocols, Duration handshakeTime, Consumer<String> told)
      throws ScaleException {
    return start(files, protocols, handshakeTime, PERIOD, told);
  }

  static ServerTls start(
      GatewayPlan.Tls files,
      List<String> protocols,
      Duration handshakeTime,
      Duration period,
      Consumer<String> told)
      throws ScaleException {
    ServerTls tls = new ServerTls(files, protocols, handshakeTime, period, told);
    tls.watching.start();
    return tls;
  }

  /** For one connection. */
  public SslHandler handler(ByteBufAllocator allocator) {
    SslHandler handler = current.newHandler(allocator);
    handler.setHandshakeTimeoutMillis(handshakeTime.toMillis());
    return handler;
  }

  SslContext context() {
    return current;
  }

  private void watch(Duration period) {
    try {
      while (true) {
        Thread.sleep(period);
        try {
          look();
        } catch (RuntimeException | Error e) {
          told.accept("the watch over " + files.certificate() + " " + ScaleException.bug(e));
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    PemBytes now;
    try {
      now = PemBytes.read(files.certificate(), files.key());
    } catch (ScaleException e) {
      return; // being replaced: what is there stays in use
    }
    PemBytes before = seen;
    seen = now;
    if (now.isSame(used) || !now.isSame(before)) {
      return;
    }
    used = now; // good or bad, it is tried once
    try {
      current = context(now);
      told.accept("the certificate " + files.certificate() + " has changed, and is in use now");
    } catch (ScaleException e) {
      told.accept(
          "the certificate stays as it was, as what changed is not good: " + e.getMessage());
    }
  }

  private SslContext context(PemBytes pem) throws ScaleException {
    Credentials credentials = Credentials.of(pem, files.certificate(), files.key());
    credentials.untimely(Instant.now(), files.certificate()).ifPresent(told);
    try {
      return SslContextBuilder.forServer(credentials.key(), credentials.chain())
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  ApplicationProtocolConfig.Protocol.ALPN,
                  ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                  ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                  protocols))
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new ScaleException(
          files.certificate() + " and " + files.key() + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Looks at the files no more. */
  @Override
  public void close() {
    watching.interrupt();
  }
}
