package dev.cubit.scale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.scale.topology.Balancing;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long SECOND = 1_000_000_000L;
  private final RateLimit limit = new RateLimit(new Balancing.Rate(Optional.empty(), 10, 5));

  private int taken(String key, long now) {
    int n = 0;
    while (limit.take(key, now) == 0) {
      n++;
    }
    return n;
  }

  @Test
  void a_burst_at_once_then_as_many_as_the_rate_gives() {
    assertThat(taken("a", 0)).isEqualTo(5);
    assertThat(limit.take("a", 0)).isEqualTo(SECOND / 10);
    assertThat(taken("a", SECOND / 10)).isEqualTo(1);
    assertThat(taken("a", SECOND)).isEqualTo(5);
    assertThat(taken("b", SECOND)).isEqualTo(5);
  }

  @Test
  void what_is_remembered_is_bounded() {
    for (int i = 0; i < RateLimit.MOST + 1000; i++) {
      limit.take("k" + i, 0);
    }
    assertThat(limit.size()).isEqualTo(RateLimit.MOST);
    assertThat(limit.take("another", 2 * SECOND)).isZero();
    assertThat(limit.size()).isEqualTo(1);
  }
}
