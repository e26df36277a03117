package dev.cubit.scale.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PoliciesTest {
  private static final long MILLI = 1_000_000;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void round_robin_asks_each_in_turn_and_by_weight_without_bursts() {
    Field field = Field.of(3);
    RoundRobin balancer = new RoundRobin();
    assertThat(field.picks(balancer, 300)).containsExactly(100, 100, 100);

    field.list.get(0).weight(0.5);
    assertThat(field.picks(balancer, 500)).containsExactly(100, 200, 200);

    field.list.get(1).up(false);
    assertThat(field.picks(balancer, 300)[1]).isZero();
  }

  @Test
  void least_requests_finds_the_least_busy_of_all_and_equals_share() {
    Field field = Field.of(10);
    field.list.forEach(Candidate::begun);
    field.list.get(7).ended();
    LeastRequests balancer = new LeastRequests(random);
    assertThat(field.picks(balancer, 50)[7]).isEqualTo(50);

    field.list.get(7).begun();
    assertThat(Arrays.stream(field.picks(balancer, 10_000)).boxed())
        .as("seed %d", seed)
        .allSatisfy(n -> assertThat(n).isBetween(850, 1150)); // 5 standard deviations
  }

  @Test
  void two_choices_gives_a_light_one_its_few_and_not_none() {
    Field field = Field.of(2);
    field.list.get(0).weight(0.1);

    int light = field.picks(new TwoChoices(random), 10_000)[0];

    assertThat(light).as("seed %d", seed).isBetween(390, 610); // 0.05: u / 0.1 below another u
  }

  @Test
  void a_peak_of_latency_is_seen_at_once_and_forgotten_slowly() {
    Field field = Field.of(2);
    PeakEwma balancer = new PeakEwma(random);
    field.list.forEach(c -> balancer.ended(c, Outcome.ANSWERED, 200, MILLI, 0));
    balancer.ended(field.list.get(0), Outcome.ANSWERED, 200, 1000 * MILLI, 0);
    assertThat(field.picks(balancer, 100)).containsExactly(0, 100);

    field.now = 200_000 * MILLI; // 20 times tau
    balancer.ended(field.list.get(1), Outcome.ANSWERED, 200, 2 * MILLI, field.now);
    assertThat(field.picks(balancer, 100)).containsExactly(100, 0);
  }

  @Test
  void failing_fast_attracts_no_requests() {
    Field field = Field.of(2);
    PeakEwma balancer = new PeakEwma(random);
    balancer.ended(field.list.get(0), Outcome.UNREACHABLE, 0, 1000, 0);
    balancer.ended(field.list.get(1), Outcome.ANSWERED, 200, 50 * MILLI, 0);

    assertThat(field.picks(balancer, 100)).containsExactly(0, 100);
  }

  @Test
  void keys_spread_evenly_and_by_weight() {
    Field field = Field.of(10);
    field.list.get(0).weight(0.5);
    HashByKey balancer = new HashByKey(new TwoChoices(random));
    int[] keys = new int[10];
    for (int i = 0; i < 95_000; i++) {
      field.key = KeyHash.of("customer-" + i);
      keys[balancer.pick(field.all, field)]++;
    }
    assertThat(keys[0]).isBetween(4_650, 5_350);
    for (int i = 1; i < 10; i++) {
      assertThat(keys[i]).isBetween(9_500, 10_500);
    }
  }

  @Test
  void only_the_keys_of_one_that_goes_move_and_only_its_share_to_one_that_comes() {
    Field field = Field.of(9);
    HashByKey balancer = new HashByKey(new TwoChoices(random));
    int n = 20_000;
    String[] before = new String[n];
    for (int i = 0; i < n; i++) {
      before[i] = field.of(balancer, "k" + i);
    }
    Candidate tenth = field.add("shop.10");
    int moved = 0;
    for (int i = 0; i < n; i++) {
      String now = field.of(balancer, "k" + i);
      if (!now.equals(before[i])) {
        assertThat(now).isEqualTo("shop.10");
        moved++;
      }
    }
    assertThat(moved).isBetween(1_780, 2_220);

    tenth.up(false);
    for (int i = 0; i < n; i++) {
      assertThat(field.of(balancer, "k" + i)).isEqualTo(before[i]);
    }
  }

  @Test
  void a_hot_key_does_not_drown_its_clone() {
    Field field = Field.of(4);
    HashByKey balancer = new HashByKey(new TwoChoices(random));
    field.key = KeyHash.of("hot");
    for (int i = 0; i < 400; i++) {
      field.all.get(balancer.pick(field.all, field)).begun();
    }
    assertThat(field.list).allSatisfy(c -> assertThat(c.outstanding()).isLessThanOrEqualTo(126));
  }

  @Test
  void a_cookie_leads_to_whom_it_names_unless_that_one_is_out() {
    Field field = Field.of(5);
    Sticky balancer = new Sticky(new TwoChoices(random));
    field.key = field.list.get(3).nameHash();
    assertThat(field.picks(balancer, 100)[3]).isEqualTo(100);

    field.list.get(3).up(false);
    assertThat(field.picks(balancer, 100)[3]).isZero();
  }

  @Test
  void a_fresh_one_begins_with_a_tenth_and_ends_with_its_share() {
    assertThat(SlowStart.weight(0, 100)).isEqualTo(0.1);
    assertThat(SlowStart.weight(50, 100)).isEqualTo(0.5);
    assertThat(SlowStart.weight(100, 100)).isEqualTo(1);
    assertThat(SlowStart.weight(0, 0)).isEqualTo(1);

    Field field = Field.of(2);
    field.list.get(0).weight(SlowStart.weight(25, 100));
    assertThat(field.picks(new RoundRobin(), 100)).containsExactly(20, 80);
  }
}
