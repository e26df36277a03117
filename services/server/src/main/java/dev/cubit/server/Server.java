package dev.cubit.server;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.transport.Transport;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * One listening socket, whose connections are dealt out in turn to N servers, each on an event loop
 * of its own. A connection stays on its loop, so that the loops share nothing while they serve.
 */
public final class Server implements AutoCloseable {
  /**
   * How long what clients have asked may take once the server is to stop: what a machine that
   * stalls for two seconds needs, and well below the 5 s after which Cubit kills a target.
   */
  private static final Duration DRAIN = Duration.ofSeconds(3);

  /** How long requests that are half received may take after that. */
  private static final Duration LAST_REQUESTS = Duration.ofMillis(200);

  /** Enough for what a URL sensibly carries; a longer one gets a 414. */
  private static final int REQUEST_LINE_BYTES = 64 << 10;

  private final Settings settings;
  private final Function<Farewell, Handler<HttpServerRequest>> handlers;
  private final Transport transport;
  private final Vertx vertx;

  private String deployment = "";

  /** Written by the loops while they start, read once all have started. */
  private volatile int port;

  private Server(Settings settings, Function<Farewell, Handler<HttpServerRequest>> handlers) {
    this.settings = settings;
    this.handlers = handlers;
    transport = fastestTransport();
    vertx =
        Vertx.builder()
            .withTransport(transport)
            .with(
                new VertxOptions()
                    .setEventLoopPoolSize(settings.eventLoops())
                    .setFileSystemOptions(
                        new FileSystemOptions()
                            .setFileCachingEnabled(false)
                            .setClassPathResolvingEnabled(false)))
            .build();
  }

  /**
   * Returns once every event loop accepts.
   *
   * @param handlers makes one for each event loop, which owns it and tells the farewell of each
   *     response
   * @throws ServerException if the address cannot be listened on
   */
  public static Server start(
      Settings settings, Function<Farewell, Handler<HttpServerRequest>> handlers) {
    var server = new Server(settings, handlers);
    if (settings.reusePort() && server.transport.equals(Transport.NIO)) {
      server.vertx.close().await();
      throw ServerException.usage(
          "REUSE_PORT is 1, which takes io_uring, epoll or kqueue, and this machine has none;"
              + " unset it");
    }
    try {
      var loops = new DeploymentOptions().setInstances(settings.eventLoops());
      server.deployment = server.vertx.deployVerticle(() -> server.new Loop(), loops).await();
      return server;
    } catch (Exception e) {
      server.vertx.close().await();
      throw unavailable(settings, e);
    }
  }

  /** The port really listened on. */
  public int port() {
    return port;
  }

  /** The name of the transport, as {@code io_uring}. */
  String transport() {
    return transport.name();
  }

  /** Finishes what clients have asked, for at most {@link #DRAIN}, and ends. */
  @Override
  public void close() {
    try {
      // Not vertx.close() at once: it closes the servers beside their owners' last words.
      vertx.undeploy(deployment).await(DRAIN.toMillis() + 300, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      LoggerFactory.getLogger(Server.class).warn("some responses were cut off at the end");
    } finally {
      vertx.close();
    }
  }

  private static ServerException unavailable(Settings settings, Exception cause) {
    var address = settings.host() + ":" + settings.port();
    var reason = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    var sentence =
        cause instanceof UnknownHostException
            ? "HOST is '" + settings.host() + "', which is no name or address of this machine"
            : reason.contains("already in use")
                ? address + " is already in use; set PORT to another port (0 takes a free one)"
                : "cannot listen on " + address + ": " + reason + "; set HOST or PORT to another";
    return new ServerException(ServerException.ADDRESS, sentence);
  }

  /** A transport whose classes are missing is null. */
  private static Transport fastestTransport() {
    return Stream.of(Transport.IO_URING, Transport.EPOLL, Transport.KQUEUE)
        .filter(Objects::nonNull)
        .filter(Transport::available)
        .findFirst()
        .orElse(Transport.NIO);
  }

  /** The part of the server that lives on one event loop. */
  private final class Loop extends VerticleBase {
    private final HttpServer server =
        Server.this.vertx.createHttpServer(
            new HttpServerOptions()
                .setStrictThreadMode(true)
                .setReusePort(settings.reusePort())
                .setMaxInitialLineLength(REQUEST_LINE_BYTES)
                .setInitialSettings(new Http2Settings().setMaxHeaderListSize(REQUEST_LINE_BYTES)));
    private final Farewell farewell = new Farewell();

    @Override
    public Future<?> start() {
      // Vert.x gives servers that ask for port -1 the same free port; 0 would be one for each.
      return server
          .requestHandler(handlers.apply(farewell))
          .listen(settings.port() == 0 ? -1 : settings.port(), settings.host())
          .onSuccess(listening -> port = listening.actualPort());
    }

    @Override
    public Future<?> stop() {
      return farewell
          .begin(vertx)
          .timeout(DRAIN.toMillis(), TimeUnit.MILLISECONDS)
          .eventually(() -> server.shutdown(LAST_REQUESTS));
    }
  }
}
