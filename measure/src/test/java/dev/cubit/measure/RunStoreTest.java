package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.load.ErrorKind;
import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Errors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunStoreTest {
  @TempDir private Path temporary;
  private Path folder;
  private RunStore store;
  private final Fixture fixture = new Fixture();

  @BeforeEach
  void in_a_folder_that_is_not_there_yet() {
    folder = temporary.resolve("a/runs");
    store = RunStore.in(folder, ZoneOffset.UTC);
  }

  @Test
  void a_run_comes_back_as_it_was() throws Exception {
    fixture.errors.put(ErrorKind.TIMEOUT, new Errors(3, "no \"answer\"\nin 10 s"));
    fixture.saturation = Optional.of(new Run.Saturation("busy"));
    fixture.warmUp =
        Optional.of(
            new Run.WarmUp(
                Duration.ofMillis(5500), true, SteadyState.METHOD, new Fixture().load()));
    Run saved = store.save(fixture.run(), "first");
    assertThat(store.load("first")).isEqualTo(saved).isEqualTo(fixture.run().named("first"));
  }

  @Test
  void a_run_with_nothing_in_it_comes_back_as_well() throws Exception {
    fixture.use = Optional.empty();
    fixture.latency = Fixture.micros();
    fixture.throughput();
    fixture.statuses.clear();
    assertThat(store.load(store.save(fixture.run()).name()).load().samples()).isEmpty();
  }

  @Test
  void a_name_is_made_from_the_time_and_counts_on_where_it_is_taken() throws Exception {
    assertThat(store.save(fixture.run()).name()).isEqualTo("2026-11-23T07-14-56");
    assertThat(store.save(fixture.run()).name()).isEqualTo("2026-11-23T07-14-56-2");
    assertThat(store.save(fixture.run()).name()).isEqualTo("2026-11-23T07-14-56-3");
  }

  @Test
  void a_given_name_is_replaced_and_leaves_no_other_files() throws Exception {
    store.save(fixture.run(), "main");
    fixture.mismatches = 7;
    store.save(fixture.run(), "main");
    assertThat(store.load("main").load().mismatches()).isEqualTo(7);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("main.json", "main.hlog");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", "../x", "a/b", "a\\b", ".hidden", "a b", "ü", "latest", "a\0", "x~1"
      })
  void a_name_that_is_no_plain_file_name_is_refused(String name) {
    assertThatThrownBy(() -> store.save(fixture.run(), name)).isInstanceOf(MeasureException.class);
    assertThatThrownBy(() -> RunStore.requireName(name)).isInstanceOf(MeasureException.class);
    assertThat(temporary.resolve("a")).doesNotExist();
  }

  @Test
  void latest_is_the_one_that_began_last() throws Exception {
    Run first = store.save(fixture.run(), "zzz");
    fixture.start = fixture.start.plusSeconds(60);
    Run second = store.save(fixture.run(), "aaa");
    assertThat(store.load("latest")).isEqualTo(second);
    assertThat(store.load("latest~0")).isEqualTo(second);
    assertThat(store.load("latest~1")).isEqualTo(first);
    assertThatThrownBy(() -> store.load("latest~2")).hasMessageContaining("2 whole runs");
    assertThat(store.list().runs()).extracting(RunSummary::name).containsExactly("aaa", "zzz");
  }

  @Test
  void an_empty_store_lists_nothing_and_says_what_is_not_there() throws Exception {
    assertThat(store.list().runs()).isEmpty();
    assertThatThrownBy(() -> store.load("x")).hasMessageContaining("no run 'x'");
    assertThatThrownBy(() -> store.load("latest")).hasMessageContaining("0 whole runs");
    assertThatThrownBy(() -> store.remove("x")).hasMessageContaining("no run 'x'");
  }

  @Test
  void remove_takes_both_files_also_of_a_damaged_run() throws Exception {
    store.save(fixture.run(), "good");
    store.save(fixture.run(), "bad");
    Files.writeString(json("bad"), "{");
    assertThat(store.remove("bad")).isEqualTo("bad");
    assertThat(store.remove("latest")).isEqualTo("good");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void what_is_no_whole_run_is_named_and_skipped() throws Exception {
    store.save(fixture.run(), "good");
    store.save(fixture.run(), "short");
    truncate(json("short"));
    store.save(fixture.run(), "no-log");
    Files.delete(folder.resolve("no-log.hlog"));
    store.save(fixture.run(), "short-log");
    truncate(folder.resolve("short-log.hlog"));
    store.save(fixture.run(), "log-only");
    Files.delete(json("log-only"));
    store.save(fixture.run(), "edited");
    Files.writeString(
        json("edited"),
        Files.readString(json("edited")).replace("\"connections\" : 10", "\"connections\" : 11"));
    Files.writeString(json("foreign"), "{\"version\": 3}");
    Files.writeString(folder.resolve("foreign.hlog"), "");
    Files.writeString(json("array"), "[1, 2]");
    Files.writeString(folder.resolve("array.hlog"), "");
    Files.writeString(json("with space"), "{}");
    Files.createDirectory(json("folder"));
    RunStore.Listing listing = store.list();
    assertThat(listing.runs()).extracting(RunSummary::name).containsExactly("good");
    assertThat(listing.skipped())
        .hasSize(9)
        .allMatch(s -> s.endsWith(": skipped"))
        .anyMatch(s -> s.contains("short.json is damaged"))
        .anyMatch(s -> s.contains("no-log.hlog") && s.contains("no such file"))
        .anyMatch(s -> s.contains("short-log.json does not fit its .hlog"))
        .anyMatch(s -> s.contains("log-only.json") && s.contains("no such file"))
        .anyMatch(s -> s.contains("edited.json is damaged or was edited"))
        .anyMatch(s -> s.contains("foreign.json is not a run of Cubit"))
        .anyMatch(s -> s.contains("array.json is not a run of Cubit"))
        .anyMatch(s -> s.contains("with space.json"))
        .anyMatch(s -> s.contains("folder.json is a folder"));
  }

  @Test
  void a_run_of_a_later_version_is_refused_and_not_guessed_at() throws Exception {
    store.save(fixture.run(), "later");
    Files.writeString(
        json("later"),
        Files.readString(json("later")).replace("\"cubitRun\" : 1", "\"cubitRun\" : 2"));
    assertThatThrownBy(() -> store.load("later"))
        .isInstanceOf(MeasureException.class)
        .hasMessageContaining("later Cubit (format 2, this one reads up to 1)");
  }

  @Test
  void the_log_of_another_run_is_not_taken_for_its_own() throws Exception {
    store.save(fixture.run(), "a");
    fixture.latency = Fixture.micros(7);
    store.save(fixture.run(), "b");
    Files.copy(
        folder.resolve("b.hlog"), folder.resolve("a.hlog"), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> store.load("a")).hasMessageContaining("does not fit its .hlog");
  }

  @Test
  void a_folder_that_cannot_be_written_is_named() throws Exception {
    Files.writeString(temporary.resolve("file"), "");
    RunStore onFile = RunStore.in(temporary.resolve("file/runs"));
    assertThatThrownBy(() -> onFile.save(fixture.run(), "x"))
        .isInstanceOf(MeasureException.class)
        .hasMessageContaining("file/runs");
    assertThatThrownBy(() -> RunStore.in(temporary.resolve("file")).list())
        .hasMessageContaining("not a folder");
  }

  @Test
  void many_that_save_at_once_get_names_of_their_own() throws Exception {
    Run run = fixture.run();
    Set<String> names = new HashSet<>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<String>> saves = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        saves.add(() -> store.save(run).name());
      }
      for (Future<String> name : threads.invokeAll(saves)) {
        names.add(name.get());
      }
    }
    assertThat(names).hasSize(16);
    assertThat(store.list().runs()).hasSize(16);
    assertThat(store.list().skipped()).isEmpty();
  }

  @Test
  void the_log_is_read_by_HdrHistograms_own_reader() throws Exception {
    fixture.warmUp =
        Optional.of(new Run.WarmUp(Duration.ofSeconds(3), false, "time", new Fixture().load()));
    LoadResult load = fixture.load();
    Path file = temporary.resolve("out.hlog");
    HdrLog.write(fixture.run(), file);
    Set<String> tags = new HashSet<>();
    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      while (reader.hasNext()) {
        Histogram histogram = (Histogram) reader.nextIntervalHistogram();
        tags.add(histogram.getTag());
        if (histogram.getTag().equals("latency")) {
          assertThat(histogram).isEqualTo(load.latency());
          assertThat(histogram.getStartTimeStamp()).isEqualTo(load.start().toEpochMilli());
          assertThat(histogram.getEndTimeStamp()).isEqualTo(load.finish().toEpochMilli());
        }
      }
    }
    assertThat(tags)
        .contains(
            "latency",
            "serviceTime",
            "lateness",
            "connectionWait",
            "connectTime",
            "bodyBytes",
            "warmUp.latency")
        .hasSize(12);
    assertThat(load.latency().getTag()).isNull();
  }

  private Path json(String name) {
    return folder.resolve(name + ".json");
  }

  private static void truncate(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }
}
