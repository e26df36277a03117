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

/**
 * Asks a system what is up, again and again, on a thread of its own: keys are not to wait. One that
 * fails to answer may only be busy, so it is asked until it is gone.
 */
final class TopFeed implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** An answer may take that long: the first after a pause needs a second. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ControlClient system;
  private final Duration every;
  private final Instant began = Instant.now();
  private final Thread thread = Thread.ofVirtual().name("top").unstarted(this::ask);
  private volatile Optional<TopFacts> newest = Optional.empty();
  private volatile Optional<Exception> end = Optional.empty();

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
        long asked = System.nanoTime();
        try {
          askOnce();
        } catch (ScaleException e) {
          if (system.isGone()) {
            end = Optional.of(e);
            return;
          }
        }
        Thread.sleep(Duration.ofNanos(Math.max(0, asked + every.toNanos() - System.nanoTime())));
      }
    } catch (RuntimeException e) {
      end = Optional.of(e);
    } catch (InterruptedException e) {
      // nobody looks any more
    }
  }

  private void askOnce() throws ScaleException {
    SystemStatus status = JSON.treeToValue(system.get("/v1/status"), SystemStatus.class);
    Notice[] notices = JSON.treeToValue(system.get("/v1/notices"), Notice[].class);
    newest = Optional.of(new TopFacts(status, List.of(notices), Instant.now()));
  }

  /** What is known; empty before the first answer. */
  Optional<TopFacts> newest() {
    return newest;
  }

  /** Since when an answer is overdue; empty while there is nothing to say about that. */
  Optional<Instant> silentSince() {
    Instant last = newest.map(TopFacts::at).orElse(began);
    return last.plus(every).plus(PATIENCE).isBefore(Instant.now())
        ? Optional.of(last)
        : Optional.empty();
  }

  /** Why nothing more will come: the system is gone, or a bug. */
  Optional<Exception> end() {
    return end;
  }

  @Override
  public void close() {
    thread.interrupt();
    system.close();
  }
}
