package dev.cubit.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a program: SLF4J in front, Logback behind, lines on stderr (stdout belongs to
 * results).
 *
 * <p>Everything is wired by hand, because searching and reading a logback.xml costs a program that
 * starts in a fifth of a second a good part of that.
 */
public final class Logs {
  private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n";

  private Logs() {}

  /**
   * Sets up logging from {@code LOG_LEVEL} and {@code LOG_FORMAT}. Called once, first thing in a
   * {@code main}; a later call replaces the earlier one.
   *
   * <p>The level is that of Cubit's own loggers. Libraries are held at {@code info} for {@code
   * debug}, as Netty alone would fill the screen; {@code trace} opens them all.
   *
   * @param environment normally {@link System#getenv()}
   * @throws ObserveException if a value is none of those allowed
   */
  public static void configure(Map<String, String> environment) {
    configure(context(), LogSettings.from(environment, Terminal::isStderr));
  }

  static void configure(LoggerContext context, LogSettings settings) {
    context.reset();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context, settings.form()));
    appender.start();

    var level = settings.level();
    context.getLogger("dev.cubit").setLevel(level);
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level.equals(Level.DEBUG) ? Level.INFO : level);
    root.addAppender(appender);
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogSettings.Form form) {
    return switch (form) {
      case JSON -> {
        var encoder = new JsonLines();
        encoder.setContext(context);
        encoder.start();
        yield encoder;
      }
      case TEXT -> {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(TEXT);
        encoder.start();
        yield encoder;
      }
    };
  }

  private static LoggerContext context() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      return context;
    }
    throw new IllegalStateException("SLF4J is not bound to Logback: check the class path");
  }
}
