package dev.cubit.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ProcessTreeTest {
  /** That moment is short: one start in fifty was met in it. */
  @Test
  void one_that_has_left_its_parent_is_not_taken_for_gone_while_it_becomes_another_program()
      throws Exception {
    for (int i = 0; i < 50; i++) {
      String mark = "TEST_MARKER=" + UUID.randomUUID();
      ProcessBuilder builder = new ProcessBuilder("sh", "-c", "setsid sleep 100 & exit 0");
      builder.environment().put("TEST_MARKER", mark.substring(mark.indexOf('=') + 1));
      Process parent = builder.start();
      ProcessTree tree = new ProcessTree(parent.pid(), Optional.of(mark));
      try {
        parent.waitFor();
        for (int look = 0; look < 4; look++) {
          assertThat(tree.isGone()).as("start %d, look %d", i, look).isFalse();
        }
      } finally {
        tree.end(Duration.ofSeconds(5));
      }
      assertThat(tree.pids()).isEmpty();
    }
  }
}
