package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cubit.load.ErrorKind;
import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Errors;
import dev.cubit.target.TargetUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class MergeProperties {
  @Property(tries = 300)
  void nothing_is_lost_and_nothing_is_counted_twice(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 1000) Integer> counts) {
    List<LoadResult> parts = new ArrayList<>();
    List<TargetUse> uses = new ArrayList<>();
    for (int count : counts) {
      Fixture fixture = new Fixture();
      fixture.statuses.put(200, (long) count);
      fixture.errors.put(ErrorKind.TIMEOUT, new Errors(count, "none in " + count));
      fixture.mismatches = count;
      fixture.latency = Fixture.micros(count, 2L * count);
      parts.add(fixture.load());
      uses.add(Fixture.use(Duration.ofMillis(count), count));
    }
    long sum = counts.stream().mapToLong(Integer::longValue).sum();
    LoadResult merged = Merge.of(parts);
    assertThat(merged.responses()).isEqualTo(sum);
    assertThat(merged.statuses()).containsOnlyKeys(200).containsValue(sum);
    assertThat(merged.timeouts()).isEqualTo(sum);
    assertThat(merged.errors())
        .containsEntry(ErrorKind.TIMEOUT, new Errors(sum, "none in " + counts.getFirst()));
    assertThat(merged.latency().getTotalCount()).isEqualTo(2L * counts.size());
    assertThat(merged.elapsed()).isEqualTo(Duration.ofSeconds(10L * counts.size()));
    assertThat(merged.samples()).hasSize(10 * counts.size());
    assertThat(merged.samples().getLast().at()).isEqualTo(merged.elapsed());
    assertThat(merged.generator().busiestLoop()).isCloseTo(0.3, within(1e-9));
    TargetUse use = Merge.ofUses(uses);
    assertThat(use.cpu()).isEqualTo(Duration.ofMillis(sum));
    assertThat(use.maxRssBytes())
        .isEqualTo(counts.stream().mapToLong(Integer::longValue).max().orElse(0));
    assertThat(use.samples()).hasSize(counts.size());
  }

  @Property(tries = 10)
  void one_part_is_itself_but_for_the_range_of_its_histograms() {
    LoadResult one = new Fixture().load();
    LoadResult merged = Merge.of(List.of(one));
    assertThat(merged.latency()).isEqualTo(one.latency());
    assertThat(merged.samples()).isEqualTo(one.samples());
    assertThat(merged.requestsPerSecond()).isEqualTo(one.requestsPerSecond());
  }
}
