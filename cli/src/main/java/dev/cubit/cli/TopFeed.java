package dev.cubit.cli;

import dev.cubit.scale.Notice;
import dev.cubit.scale.SystemStatus;
import dev.cubit.scale.control.ControlClient;
import dev.cubit.scale.topology.ScaleException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Asks a system what is up, again and again, on a thread of its own: keys are not to wait. */
final class TopFeed implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final ControlClient system;
  private final Duration every;
  private final Thread thread = Thread.ofVirtual().name("top").unstarted(this::ask);
  private volatile Optional<TopFacts> newest = Optional.empty();
  private volatile Optional<Exception> failure = Optional.empty();

  private TopFeed(ControlClient system, Duration every) {
    this.system = system;
    this.every = every;
  }

  static TopFeed of(ControlClient system, Duration every) {
    TopFeed feed = new TopFeed(system, every);
    feed.thread.start();
    return feed;
  }

  private void ask() {
    try {
      while (true) {
        long began = System.nanoTime();
        SystemStatus status = JSON.treeToValue(system.get("/v1/status"), SystemStatus.class);
        Notice[] notices = JSON.treeToValue(system.get("/v1/notices"), Notice[].class);
        newest = Optional.of(new TopFacts(status, List.of(notices), Instant.now()));
        Thread.sleep(Duration.ofNanos(Math.max(0, began + every.toNanos() - System.nanoTime())));
      }
    } catch (ScaleException | RuntimeException e) {
      failure = Optional.of(e);
    } catch (InterruptedException e) {
      // nobody looks any more
    }
  }

  /** What is known; empty before the first answer. */
  Optional<TopFacts> newest() {
    return newest;
  }

  /** Why nothing more will come. */
  Optional<Exception> failure() {
    return failure;
  }

  @Override
  public void close() {
    thread.interrupt();
    system.close();
  }
}
