package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.load.Connections;
import dev.cubit.load.Extent;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.LoadResult.Ending;
import dev.cubit.load.Request;
import dev.cubit.target.Target;
import dev.cubit.target.TargetCommand;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BaselineTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ConcurrentLinkedQueue<Stage> stages = new ConcurrentLinkedQueue<>();

  static LoadPlan plan(URI origin, Duration duration) {
    return LoadPlan.of(new Request("GET", origin, "/", List.of(), new byte[0], List.of()))
        .with(Connections.of(4))
        .with(new Extent.Time(duration));
  }

  private Baseline baseline(LoadPlan plan, WarmUpPlan warmUp, Optional<Watched> target) {
    return baseline(plan, warmUp, target, stages::add);
  }

  private static Baseline baseline(
      LoadPlan plan, WarmUpPlan warmUp, Optional<Watched> target, Consumer<Stage> listener) {
    return new Baseline(
        plan, new Fixture().run().question(), List.of("baseline"), warmUp, target, listener);
  }

  @Test
  void a_server_of_this_machine_is_loaded_for_a_time() throws Exception {
    try (TinyServer server = new TinyServer(0, 12, 0)) {
      Run run =
          baseline(
                  plan(server.origin(), Duration.ofMillis(500)),
                  new WarmUpPlan.None(),
                  Optional.empty())
              .run();
      assertThat(run.load().ending()).isEqualTo(Ending.COMPLETED);
      assertThat(run.load().responsesOfClass(2)).isPositive();
      assertThat(run.warmUp()).isEmpty();
      assertThat(run.target()).isEmpty();
      assertThat(run.cpuMicrosPerResponse()).isEmpty();
      assertThat(run.machineBusy()).isBetween(0.0, 1.0);
      assertThat(run.machine().cores()).isPositive();
      assertThat(RunFile.decode(RunFile.encode(run))).isEqualTo(run);
    }
  }

  @Test
  void a_started_target_is_watched_and_its_cpu_time_told_by_response() throws Exception {
    try (Target target = Target.start(tiny(), _ -> {})) {
      URI origin = URI.create("http://127.0.0.1:" + target.port());
      Run run =
          baseline(
                  plan(origin, Duration.ofSeconds(1)),
                  new WarmUpPlan.For(Duration.ofMillis(300), OptionalInt.of(2)),
                  Optional.of(Watched.of(target)))
              .run();
      assertThat(run.target().orElseThrow().command()).contains("TinyServer");
      assertThat(run.target().get().use().maxRssBytes()).isGreaterThan(10_000_000);
      assertThat(run.cpuMicrosPerResponse().orElseThrow()).isBetween(150.0, 100_000.0);
      assertThat(run.warmUp().orElseThrow().method()).isEqualTo("time");
      assertThat(run.warmUp().get().load().connectionsOpened()).isEqualTo(2);
      assertThat(run.warmUp().get().took()).isGreaterThan(Duration.ofMillis(290));
      assertThat(Goal.parse("rss>10MB").check(run).held()).isTrue();
    }
    assertThat(stages).hasAtLeastOneElementOfType(Stage.WarmingUp.class);
    assertThat(stages).hasAtLeastOneElementOfType(Stage.WarmedUp.class);
    assertThat(stages).hasAtLeastOneElementOfType(Stage.Measuring.class);
  }

  private static TargetCommand tiny() {
    return TargetCommand.of(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Xmx64m",
            TinyServer.class.getName()));
  }

  @Test
  void an_automatic_warm_up_ends_when_settled_or_at_its_bound() throws Exception {
    try (TinyServer server = new TinyServer(0, 12, 100)) {
      Run run =
          baseline(
                  plan(server.origin(), Duration.ofMillis(300)),
                  new WarmUpPlan.Auto(Duration.ofSeconds(8)),
                  Optional.empty())
              .run();
      Run.WarmUp warmUp = run.warmUp().orElseThrow();
      assertThat(warmUp.method()).isEqualTo(SteadyState.METHOD);
      assertThat(warmUp.load().ending()).isEqualTo(Ending.COMPLETED);
      assertThat(warmUp.took()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(20));
      assertThat(warmUp.settled() || warmUp.took().toSeconds() >= 8).isTrue();
      assertThat(run.load().elapsed()).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void stopped_while_measuring_it_returns_what_there_is() throws Exception {
    try (TinyServer server = new TinyServer(0, 12, 0)) {
      LoadPlan endless = plan(server.origin(), Duration.ofHours(1));
      Baseline baseline = baseline(endless, new WarmUpPlan.None(), Optional.empty());
      CompletableFuture<Run> run = started(baseline);
      await()
          .atMost(LONG)
          .until(
              () ->
                  stages.stream()
                      .anyMatch(
                          s -> s instanceof Stage.Measuring m && m.progress().responses() > 0));
      baseline.stop();
      Run stopped = run.get(20, TimeUnit.SECONDS);
      assertThat(stopped.load().ending()).isEqualTo(Ending.INTERRUPTED);
      assertThat(stopped.load().responses()).isPositive();
    }
  }

  @Test
  void stopped_while_warming_up_the_warm_up_is_what_there_is() throws Exception {
    try (TinyServer server = new TinyServer(0, 12, 0)) {
      Baseline baseline =
          baseline(
              plan(server.origin(), Duration.ofHours(1)),
              new WarmUpPlan.For(Duration.ofHours(1), OptionalInt.empty()),
              Optional.empty());
      CompletableFuture<Run> run = started(baseline);
      await()
          .atMost(LONG)
          .until(
              () ->
                  stages.stream()
                      .anyMatch(
                          s -> s instanceof Stage.WarmingUp w && w.progress().responses() > 0));
      baseline.stop();
      Run stopped = run.get(20, TimeUnit.SECONDS);
      assertThat(stopped.load().ending()).isEqualTo(Ending.INTERRUPTED);
      assertThat(stopped.load().responses()).isPositive();
      assertThat(stopped.warmUp()).isEmpty();
    }
  }

  @Test
  void stopped_before_it_began_it_ends_at_once() throws Exception {
    try (TinyServer server = new TinyServer(0, 12, 0)) {
      Baseline baseline =
          baseline(
              plan(server.origin(), Duration.ofHours(1)), new WarmUpPlan.None(), Optional.empty());
      baseline.stop();
      assertThat(started(baseline).get(20, TimeUnit.SECONDS).load().ending())
          .isNotEqualTo(Ending.COMPLETED);
    }
  }

  @Test
  void a_target_that_is_not_there_ends_the_run_in_the_warm_up() throws Exception {
    URI nobody;
    try (TinyServer server = new TinyServer(0, 12, 0)) {
      nobody = server.origin();
    }
    Run run =
        baseline(
                plan(nobody, Duration.ofSeconds(5)),
                new WarmUpPlan.Auto(Duration.ofSeconds(30)),
                Optional.empty())
            .run();
    assertThat(run.load().ending()).isEqualTo(Ending.TARGET_LOST);
    assertThat(run.load().errorCount()).isPositive();
  }

  private static CompletableFuture<Run> started(Baseline baseline) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return baseline.run();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
