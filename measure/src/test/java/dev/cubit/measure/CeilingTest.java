package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.load.Extent;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.Pace;
import dev.cubit.measure.Ceiling.Contender;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CeilingTest {
  private static final WarmUpPlan SHORT =
      new WarmUpPlan.For(Duration.ofMillis(100), OptionalInt.empty());

  private static Contender contender(String name, URI origin, int millis) {
    return new Contender(
        name, BaselineTest.plan(origin, Duration.ofMillis(millis)), Optional.empty());
  }

  /** A round is an amount and not a time: however slow the machine, something is answered in it. */
  private static Contender counted(String name, URI origin) {
    LoadPlan plan = BaselineTest.plan(origin, Duration.ofSeconds(1)).with(new Extent.Count(200));
    return new Contender(name, plan, Optional.empty());
  }

  @Test
  void contenders_are_loaded_in_rounds_and_each_begins_once() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    AtomicLong size = new AtomicLong();
    try (TinyServer slow = new TinyServer(0, 1234, 3000);
        TinyServer hello = new TinyServer(0, 12, 0);
        TinyServer sized = new TinyServer(0, 1234, 0)) {
      CeilingResult result =
          new Ceiling(
                  counted("qr", slow.origin()),
                  counted("hello", hello.origin()),
                  Optional.of(
                      bytes -> {
                        size.set(bytes);
                        return counted("hello, same size", sized.origin());
                      }),
                  Ceiling.ROUNDS,
                  SHORT,
                  stage -> {
                    if (stage instanceof Stage.Round round && round.round() > 0) {
                      order.add(round.round() + " " + round.contender());
                    }
                  })
              .run();
      assertThat(size).hasValue(1234);
      assertThat(order)
          .containsExactly(
              "1 qr",
              "1 hello",
              "1 hello, same size",
              "2 hello",
              "2 hello, same size",
              "2 qr",
              "3 hello, same size",
              "3 qr",
              "3 hello");
      assertThat(result.rows())
          .extracting(CeilingResult.Row::name)
          .containsExactly("qr", "hello", "hello, same size");
      assertThat(result.rows()).allMatch(row -> row.rounds().size() == 3);
      assertThat(result.interrupted()).isFalse();
      assertThat(result.shares()).hasSize(2).allMatch(share -> !share.sentence().isEmpty());
      if (result.rows().getFirst().saturation().isEmpty()) {
        assertThat(result.shares().getFirst().share()).isPresent();
        assertThat(result.forRun().orElseThrow().share()).isPositive();
      }
    }
  }

  @Test
  void a_fixed_rate_has_no_ceiling() {
    LoadPlan open = Fixture.plan().with(new Pace.AtRate(10, Pace.Arrivals.CONSTANT));
    Contender contender = new Contender("x", open, Optional.empty());
    assertThatThrownBy(() -> new Ceiling(contender, contender, Optional.empty(), 1, SHORT, _ -> {}))
        .isInstanceOf(MeasureException.class)
        .hasMessageContaining("leave the rate out");
  }

  @Test
  void a_target_that_answers_nothing_is_told_at_once() {
    URI nobody;
    try (TinyServer server = new TinyServer(0, 12, 0)) {
      nobody = server.origin();
    }
    Contender target = contender("qr", nobody, 100);
    assertThatThrownBy(
            () ->
                new Ceiling(target, target, Optional.empty(), 1, new WarmUpPlan.None(), _ -> {})
                    .run())
        .isInstanceOf(MeasureException.class)
        .hasMessageStartingWith("qr answers nothing");
  }

  @Test
  void stopped_after_a_round_it_returns_what_was_complete() throws Exception {
    try (TinyServer server = new TinyServer(0, 12, 0)) {
      AtomicReference<Optional<Ceiling>> stoppable = new AtomicReference<>(Optional.empty());
      Ceiling ceiling =
          new Ceiling(
              contender("qr", server.origin(), 100),
              contender("hello", server.origin(), 100),
              Optional.empty(),
              5,
              SHORT,
              stage -> {
                if (stage instanceof Stage.Round round && round.round() == 2) {
                  stoppable.get().ifPresent(Ceiling::stop);
                }
              });
      stoppable.set(Optional.of(ceiling));
      CeilingResult result = ceiling.run();
      assertThat(result.interrupted()).isTrue();
      assertThat(result.rows()).allMatch(row -> row.rounds().size() == 1);
    }
  }

  @Test
  void stopped_before_the_first_round_there_is_nothing_to_tell() throws Exception {
    try (TinyServer server = new TinyServer(0, 12, 0)) {
      Ceiling ceiling =
          new Ceiling(
              contender("qr", server.origin(), 100),
              contender("hello", server.origin(), 100),
              Optional.empty(),
              5,
              SHORT,
              _ -> {});
      ceiling.stop();
      assertThatThrownBy(ceiling::run)
          .isInstanceOf(MeasureException.class)
          .hasMessageContaining("stopped before qr");
    }
  }
}
