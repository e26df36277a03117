package dev.cubit.scale.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.scale.topology.Balancing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EjectionTest {
  private static final long SECOND = 1_000_000_000L;

  private final Field field = Field.of(4);
  private final Ejection ejection =
      new Ejection(field.all, new Balancing.Ejection(3, 2, Duration.ofSeconds(10), 0.5));

  private void fail(int which, int times, long now) {
    for (int i = 0; i < times; i++) {
      ejection.ended(field.list.get(which), Outcome.ANSWERED, 503, 1000, now);
    }
  }

  private void answer(int which, int times, long nanos) {
    for (int i = 0; i < times; i++) {
      ejection.ended(field.list.get(which), Outcome.ANSWERED, 200, nanos, 0);
    }
  }

  private boolean isOut(int which) {
    return field.list.get(which).isEjected();
  }

  @Test
  void failures_in_a_row_take_one_out_and_a_success_between_does_not() {
    fail(0, 2, 0);
    answer(0, 1, 1000);
    fail(0, 2, 0);
    assertThat(isOut(0)).isFalse();

    fail(0, 1, 0);
    assertThat(isOut(0)).isTrue();
    assertThat(ejection.ejections()).isEqualTo(1);
  }

  @Test
  void the_second_time_takes_twice_as_long() {
    fail(0, 3, 0);
    assertThat(ejection.tick(10 * SECOND - 1)).isFalse();
    assertThat(ejection.tick(10 * SECOND)).isTrue();
    assertThat(isOut(0)).isFalse();

    fail(0, 3, 11 * SECOND);
    ejection.tick(30 * SECOND);
    assertThat(isOut(0)).isTrue();
    ejection.tick(31 * SECOND);
    assertThat(isOut(0)).isFalse();
  }

  @Test
  void where_more_than_the_share_would_be_out_all_are_asked() {
    fail(0, 3, 0);
    fail(1, 3, 0);
    assertThat(isOut(0) && isOut(1)).isTrue();

    fail(2, 3, 0);
    assertThat(field.list).noneMatch(Candidate::isEjected);

    ejection.tick(10 * SECOND);
    assertThat(field.list).noneMatch(Candidate::isEjected);
  }

  @Test
  void one_that_is_slower_than_the_others_by_the_factor_goes() {
    answer(0, 30, 2_100);
    answer(1, 30, 1_000);
    answer(2, 30, 1_000);
    answer(3, 30, 1_900);
    ejection.tick(SECOND);

    assertThat(isOut(0)).isTrue();
    assertThat(isOut(3)).isFalse();
  }

  @Test
  void a_client_that_goes_away_is_nobodys_failure() {
    for (int i = 0; i < 9; i++) {
      ejection.ended(field.list.get(0), Outcome.CANCELLED, 0, 0, 0);
    }
    assertThat(isOut(0)).isFalse();
  }
}
