package dev.cubit.server;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JSON object a request on stdout, by Logback. A thread of its own writes; when that cannot
 * keep up, lines are dropped rather than clients delayed.
 *
 * <p>Queries are left out: what is drawn as a code may be the password of a network or the secret
 * of a second factor.
 */
public final class AccessLog {
  private static final int QUEUE = 8192;
  private static final String NAME = "dev.cubit.access";

  private final boolean on;
  private final Logger logger = LoggerFactory.getLogger(NAME);
  private final AtomicLong dropped = new AtomicLong();
  private final AsyncAppender queue = new AsyncAppender();

  /** Writes nothing where it is not on. */
  public AccessLog(boolean on) {
    this.on = on;
    if (on) {
      open();
    }
  }

  public boolean isOn() {
    return on;
  }

  /** Called as a request arrives; the line is written when its answer has ended. */
  public void watch(HttpServerRequest request) {
    long start = System.nanoTime();
    request.response().bodyEndHandler(end -> line(request, System.nanoTime() - start));
  }

  /** Lines given up, as their reader was too slow. */
  public long dropped() {
    return dropped.get();
  }

  /** Writes what is still in the queue. */
  public void close() {
    queue.stop();
  }

  private void line(HttpServerRequest request, long nanos) {
    if (queue.getRemainingCapacity() == 0) {
      dropped.incrementAndGet();
      return;
    }
    var response = request.response();
    var line = new StringBuilder(200);
    line.append("{\"time\":\"").append(Instant.now()).append("\",\"client\":");
    Json.quote(line, String.valueOf(request.remoteAddress().hostAddress()));
    line.append(",\"method\":");
    Json.quote(line, request.method().name());
    line.append(",\"path\":");
    Json.quote(line, ProblemException.shown(String.valueOf(request.path())));
    line.append(",\"protocol\":\"").append(protocol(request.version()));
    line.append("\",\"status\":").append(response.getStatusCode());
    line.append(",\"bytes\":").append(response.bytesWritten());
    line.append(",\"micros\":").append(nanos / 1000).append('}');
    logger.info(line.toString());
  }

  private static String protocol(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      default -> "HTTP/2";
    };
  }

  private void open() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    var stdout = new ConsoleAppender<ILoggingEvent>();
    stdout.setContext(context);
    stdout.setEncoder(encoder);
    stdout.start();
    queue.setContext(context);
    queue.setQueueSize(QUEUE);
    queue.setDiscardingThreshold(0);
    queue.setNeverBlock(true);
    queue.addAppender(stdout);
    queue.start();
    var own = context.getLogger(NAME);
    own.setAdditive(false);
    own.setLevel(Level.INFO);
    own.addAppender(queue);
  }
}
