package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.Load;
import dev.cubit.scale.SystemStatus;
import dev.cubit.scale.SystemStatus.GatewayLine;
import dev.cubit.scale.control.Answer;
import dev.cubit.scale.control.ControlClient;
import dev.cubit.scale.control.ControlRequest;
import dev.cubit.scale.control.ControlServer;
import dev.cubit.scale.topology.ScaleException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code cubit top} hears of a system in trouble. */
class TopFeedTest {
  @TempDir Path folder = Path.of("");

  private final AtomicInteger asked = new AtomicInteger();

  /** Every second question goes wrong. */
  private Answer answer(ControlRequest request) throws ScaleException {
    if (request.path().contains("notices")) {
      return Answer.of(List.of());
    }
    if (asked.incrementAndGet() % 2 == 1) {
      throw new ScaleException("too busy");
    }
    GatewayLine gateway =
        new GatewayLine("http://127.0.0.1:8080", "nio", 0, new Load(0, 0, 0, 0, 0, 0, 0));
    return Answer.of(
        new SystemStatus(
            "shop",
            "cubit.yaml",
            4_711,
            Instant.now(),
            0,
            1,
            gateway,
            List.of(),
            List.of(),
            List.of()));
  }

  @Test
  void a_question_that_fails_is_not_the_last_until_nobody_listens() throws Exception {
    ControlServer system = ControlServer.open(folder, this::answer, bug -> {});
    try (TopFeed feed = TopFeed.of(ControlClient.of(folder), Duration.ofMillis(20))) {
      await().until(() -> asked.get() > 3);
      await().until(() -> feed.newest().isPresent());
      assertThat(feed.end()).isEmpty();
      assertThat(feed.silentSince()).isEmpty();

      system.close();
      await().until(() -> feed.end().isPresent());
      assertThat(feed.end().orElseThrow()).isInstanceOf(ScaleException.class);
    } finally {
      system.close();
    }
  }
}
