package dev.cubit.scale.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TwoChoicesTest {
  private final Candidates all = new Candidates();
  private final TwoChoices balancer = new TwoChoices(new Random(1));
  private Candidate triedBefore = new Candidate("nobody", 0);

  private final Question question =
      new Question() {
        @Override
        public long keyHash() {
          return 0;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // this very one
        public boolean wasGivenTo(Candidate candidate) {
          return candidate == triedBefore;
        }

        @Override
        public long nowNanos() {
          return 0;
        }
      };

  private Candidate add(String name, int outstanding) {
    Candidate candidate = new Candidate(name, 0);
    for (int i = 0; i < outstanding; i++) {
      candidate.begun();
    }
    all.add(candidate);
    return candidate;
  }

  private int[] picks(int n) {
    int[] picks = new int[all.size()];
    for (int i = 0; i < n; i++) {
      picks[balancer.pick(all, question)]++;
    }
    return picks;
  }

  @Test
  void nobody_is_there() {
    assertThat(balancer.pick(all, question)).isEqualTo(Balancer.NOBODY);
  }

  @Test
  void of_two_the_less_busy_one_is_asked() {
    add("a", 3);
    add("b", 2);

    assertThat(picks(100)).containsExactly(0, 100);
  }

  @Test
  void the_busiest_of_three_is_never_asked_and_equals_share() {
    add("a", 1);
    add("b", 9);
    add("c", 1);

    int[] picks = picks(3000);

    assertThat(picks[1]).isZero();
    assertThat(picks[0]).isBetween(1350, 1650);
  }

  @Test
  void a_weight_counts_as_so_much_less_load() {
    add("a", 3).weight(0.1);
    add("b", 20);

    assertThat(picks(100)).containsExactly(0, 100);
  }

  @Test
  void one_that_is_full_or_down_or_was_asked_before_is_passed_over() {
    add("full", 1).limit(1);
    add("down", 0).up(false);
    triedBefore = add("asked", 0);
    add("good", 5);

    assertThat(picks(200)).containsExactly(0, 0, 0, 200);
  }

  @Test
  void one_that_was_asked_before_is_better_than_nobody() {
    add("full", 1).limit(1);
    triedBefore = add("asked", 0);

    assertThat(picks(50)).containsExactly(0, 50);
  }

  @Test
  void where_all_are_full_nobody_is_asked() {
    add("a", 1).limit(1);
    add("b", 1).limit(1);

    assertThat(balancer.pick(all, question)).isEqualTo(Balancer.NOBODY);
  }
}
