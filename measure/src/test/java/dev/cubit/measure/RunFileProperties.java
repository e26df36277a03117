package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.measure.RunFile.NotARun;
import dev.cubit.measure.RunFile.Pair;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Whatever is in the files: what comes out is the run that went in, or a refusal. */
final class RunFileProperties {
  private final Run run = new Fixture().run();
  private final Pair whole = RunFile.encode(run);

  @Property(tries = 1000)
  void flipped_bits_are_noticed(
      @ForAll boolean inLog, @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int flips) {
    byte[] bytes = (inLog ? whole.hlog() : whole.json()).clone();
    Random random = new Random(seed);
    for (int i = 0; i < flips; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    runOrRefusal(inLog ? new Pair(whole.json(), bytes) : new Pair(bytes, whole.hlog()));
  }

  @Property(tries = 500)
  void truncations_are_noticed(@ForAll boolean inLog, @ForAll @IntRange(max = 100_000) int at) {
    byte[] bytes = inLog ? whole.hlog() : whole.json();
    byte[] shorter = Arrays.copyOf(bytes, at % bytes.length);
    runOrRefusal(inLog ? new Pair(whole.json(), shorter) : new Pair(shorter, whole.hlog()));
  }

  @Property(tries = 500)
  void any_bytes_are_refused(@ForAll byte[] json, @ForAll byte[] hlog) {
    runOrRefusal(new Pair(json, hlog));
  }

  @Property(tries = 500)
  void any_text_between_braces_is_refused(@ForAll @StringLength(max = 40) String text) {
    String json = "{\"cubitRun\": 1, \"run\": {" + text + "}}";
    runOrRefusal(new Pair(json.getBytes(StandardCharsets.UTF_8), whole.hlog()));
  }

  /** The decoder of histograms itself, which is behind the checksum in a store. */
  @Property(tries = 500)
  void a_damaged_log_is_refused_also_without_its_checksum(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int flips) {
    byte[] bytes = whole.hlog().clone();
    Random random = new Random(seed);
    for (int i = 0; i < flips; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    try {
      HdrLog.decode(bytes);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessage("it is not an HdrHistogram log");
    }
  }

  @Property(tries = 300)
  void any_figures_come_back(
      @ForAll @Size(max = 50) List<@DoubleRange(min = 0, max = 1e7) Double> perSecond,
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 3_600_000_000L) Long> latencies,
      @ForAll @DoubleRange(min = 0, max = 1) double busiest,
      @ForAll @StringLength(max = 20) String url)
      throws NotARun {
    Fixture fixture =
        new Fixture().throughput(perSecond.stream().mapToDouble(Double::doubleValue).toArray());
    fixture.latency = Fixture.micros(latencies.stream().mapToLong(Long::longValue).toArray());
    fixture.busiestLoop = busiest;
    fixture.url = new String(url.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    Run any = fixture.run();
    assertThat(RunFile.decode(RunFile.encode(any))).isEqualTo(any);
  }

  private void runOrRefusal(Pair files) {
    try {
      assertThat(RunFile.decode(files)).isEqualTo(run);
    } catch (NotARun e) {
      assertThat(e.getMessage()).matches("(?s)(is|was|does) .+");
    }
  }
}
