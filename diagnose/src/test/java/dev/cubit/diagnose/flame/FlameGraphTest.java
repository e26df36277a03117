package dev.cubit.diagnose.flame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.CpuSample;
import dev.cubit.diagnose.recording.Recording.JvmNames;
import dev.cubit.diagnose.recording.Trace;
import dev.cubit.diagnose.recording.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FlameGraphTest {
  private static final Parties PARTIES = Parties.of(List.of("shop"), "", Path.of(""));

  /** Stacks as {@code caller;callee weight}. */
  private static Recording recording(String... stacks) {
    List<CpuSample> samples = new ArrayList<>();
    for (String stack : stacks) {
      String[] parts = stack.split(" ", -1);
      List<Frame> frames = new ArrayList<>();
      for (String name : parts[0].split(";", -1)) {
        int dot = name.lastIndexOf('.');
        frames.add(
            new Frame(name.substring(0, dot), name.substring(dot + 1), 3, Frame.Kind.COMPILED));
      }
      Collections.reverse(frames);
      samples.add(new CpuSample(1, Long.parseLong(parts[1]), "t", new Trace(frames, false)));
    }
    return new Recording(
        Instant.EPOCH,
        Duration.ofSeconds(1),
        stacks.length,
        new JvmNames("", "", "", 0),
        samples,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        Recording.Collector.UNKNOWN,
        List.of());
  }

  private static FlameGraph graph(String... stacks) {
    Recording recording = recording(stacks);
    return FlameGraph.of(recording, PARTIES, Lens.CPU, Window.whole(recording));
  }

  @Test
  void equal_beginnings_of_stacks_are_one_path_and_weights_add_up() {
    FlameGraph graph =
        graph("shop.A.a;shop.B.b 10", "shop.A.a;shop.B.b 5", "shop.A.a;java.util.C.c 20");

    assertThat(graph.total()).isEqualTo(35);
    assertThat(graph.samples()).isEqualTo(3);
    assertThat(graph.nodes()).hasSize(4);
    assertThat(Export.collapsed(graph).lines())
        .containsExactlyInAnyOrder("shop.A.a;shop.B.b 15", "shop.A.a;java.util.C.c 20");
    assertThat(graph.byParty())
        .containsEntry(Party.APPLICATION, 15 / 35.0)
        .containsEntry(Party.JDK, 20 / 35.0);
  }

  @Test
  void a_recursion_counts_once_in_the_total_of_its_method() {
    FlameGraph graph = graph("shop.A.a;shop.F.f;shop.F.f;shop.F.f 12", "shop.A.a 4");

    FlameGraph.Hot hottest = graph.hottest(1).getFirst();

    assertThat(hottest.method().name()).isEqualTo("shop.F.f");
    assertThat(hottest.self()).isEqualTo(0.75);
    assertThat(hottest.total()).isEqualTo(0.75);
  }

  @Test
  void a_difference_has_the_shares_of_both() {
    Recording now = recording("shop.A.a;shop.B.b 30", "shop.A.a;shop.C.c 10");
    Recording before = recording("shop.A.a;shop.B.b 10", "shop.A.a;shop.D.d 10");

    FlameGraph graph =
        FlameGraph.difference(
            now, Window.whole(now), before, Window.whole(before), PARTIES, Lens.CPU);

    assertThat(graph.against()).contains(20.0);
    assertThat(graph.hottest(9))
        .anySatisfy(
            hot -> {
              assertThat(hot.method().name()).isEqualTo("shop.B.b");
              assertThat(hot.self()).isEqualTo(0.75);
              assertThat(hot.before()).isEqualTo(0.5);
            })
        .anySatisfy(hot -> assertThat(hot.method().name()).isEqualTo("shop.D.d"));
  }

  @Test
  void speedscope_gets_stacks_as_places_in_its_frames_and_weights_that_sum_up() {
    JsonNode file =
        JsonMapper.shared()
            .readTree(
                Export.speedscope(graph("shop.A.a;shop.B.b 10", "shop.A.a;shop.C.c 5"), "test"));

    assertThat(file.get("$schema").asString())
        .isEqualTo("https://www.speedscope.app/file-format-schema.json");
    JsonNode profile = file.at("/profiles/0");
    assertThat(profile.get("type").asString()).isEqualTo("sampled");
    assertThat(profile.get("unit").asString()).isEqualTo("nanoseconds");
    assertThat(profile.get("samples")).hasSameSizeAs(profile.get("weights")).hasSize(2);
    assertThat(profile.at("/weights/0").asLong() + profile.at("/weights/1").asLong())
        .isEqualTo(profile.get("endValue").asLong())
        .isEqualTo(15);
    int frame = profile.at("/samples/0/1").asInt();
    assertThat(file.at("/shared/frames/" + frame + "/name").asString()).isEqualTo("shop.B.b");
  }

  @Test
  void a_recording_without_samples_is_an_empty_graph() {
    FlameGraph graph = graph();

    assertThat(graph.total()).isZero();
    assertThat(graph.hottest(5)).isEmpty();
    assertThat(Export.collapsed(graph)).isEmpty();
    assertThat(Arrays.asList(Lens.values())).allSatisfy(l -> assertThat(l.title()).isNotBlank());
  }
}
