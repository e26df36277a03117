package dev.cubit.zoo;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.util.logging.FileHandler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Follows a parcel from door to door, and tells each step to somebody. */
final class Parcel {
  private static final String NAME = "shipping";

  /** Held: what was set goes with the logger. */
  private static final Logger JOURNAL = Logger.getLogger(NAME);

  private static final int LARGEST_BYTES = 32 << 20;

  private Parcel() {}

  /** By the JDK's logger into files of bounded size. */
  static Work byJournal(int steps) throws IOException {
    var file = Scratch.folder().resolve("parcels.log").toString();
    var handler = new FileHandler(file, LARGEST_BYTES, 2, true);
    handler.setFormatter(new SimpleFormatter());
    JOURNAL.addHandler(handler);
    JOURNAL.setUseParentHandlers(false);
    return query -> {
      for (int i = 0; i < steps; i++) {
        JOURNAL.info("parcel " + query + " has come to door " + i);
      }
      return "{\"steps\":" + steps + "}";
    };
  }

  /** To standard output. */
  static Work aloud(int steps) {
    return query -> {
      for (int i = 0; i < steps; i++) {
        System.out.println("parcel " + query + " has come to door " + i);
      }
      return "{\"steps\":" + steps + "}";
    };
  }

  /** By Logback into a file, each line with who wrote it; a rolling policy would only hide it. */
  static Work byLogback(int steps) throws IOException {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d %-5level [%thread] %caller{1} %msg%n");
    encoder.start();
    var appender = new FileAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setFile(Scratch.folder().resolve("parcels.log").toString());
    appender.setEncoder(encoder);
    appender.start();
    var log = context.getLogger(NAME);
    log.setLevel(ch.qos.logback.classic.Level.INFO);
    log.setAdditive(false);
    log.addAppender(appender);
    return query -> {
      for (int i = 0; i < steps; i++) {
        log.info("parcel {} has come to door {}", query, i);
      }
      return "{\"steps\":" + steps + "}";
    };
  }
}
