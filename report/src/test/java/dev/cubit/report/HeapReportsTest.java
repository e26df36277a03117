package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cubit.diagnose.heap.HeapReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The heap as text, as JSON, and as a real browser shows its page where there is one. */
class HeapReportsTest {
  private static final String HOSTILE =
      "</script></style></title><script>document.title='taken'</script>"
          + "\"'><img src=x onerror=document.title='taken'><!-- ]]>\u2028\u202e\u0000\ud83d";

  @TempDir Path folder = Path.of("");

  private static String page(HeapReport report) {
    return HeapPage.of(report, "java -jar shop.jar", List.of("heap", "/"), Instant.EPOCH);
  }

  private Browser.Shown show(String html, int width) throws IOException, InterruptedException {
    Optional<Browser> browser = Browser.find();
    assumeTrue(browser.isPresent(), "no Chromium on the PATH: pages were not drawn");
    Path page = Files.writeString(folder.resolve("page.html"), html);
    return browser.get().show(page, folder, width);
  }

  @Test
  void a_leak_is_told_with_its_speed_its_end_and_who_keeps_it() {
    String text = new HeapText(false).of(new HeapExample().report());

    assertThat(text)
        .contains("What lives in the heap grows by 5 MB a second: from 100 MB to")
        .contains("maximum of 1 GB is reached in")
        .contains(
            "100 % of what stayed is allocated in Session.method1 and held by Store.sessions.")
        .contains(
            "the class shop.Main → Main.STORE → Store.sessions → HashMap.table → HashMap$Node[] →"
                + " Session.basket → byte[]")
        .contains("Look at Store.sessions: when is something taken out of it?");
  }

  @Test
  void a_heap_that_is_well_is_told_in_one_line_without_suspects() {
    HeapExample example = new HeapExample();
    example.leakBytesPerSecond = 0;

    String text = new HeapText(false).of(example.report());

    assertThat(text).startsWith("No leak: what lives stays at about 100 MB.");
    assertThat(text).doesNotContain("Who keeps it");
  }

  @Test
  void a_recording_with_nothing_in_it_has_text_and_a_page()
      throws IOException, InterruptedException {
    HeapReport report = HeapExample.empty();

    assertThat(new HeapText(true).of(report)).contains("Too few collections");
    Browser.Shown shown = show(page(report), 900);
    assertThat(shown.console()).isEmpty();
    assertThat(shown.dom()).contains("There was no collection in this recording");
  }

  @Test
  void every_field_of_the_json_is_documented() throws IOException {
    JsonNode line = JsonMapper.shared().readTree(HeapJson.of(new HeapExample().report()));

    Documented.in("cubit heap", line);
    assertThat(line.get("finding").asString()).isEqualTo("leak");
    assertThat(line.at("/survivors/suspects/0/holder").asString()).isEqualTo("shop.Store.sessions");
    assertThat(line.at("/live/secondsToMax").asDouble()).isPositive();
  }

  @Test
  void a_page_draws_its_charts_the_suspects_and_the_calls()
      throws IOException, InterruptedException {
    String html = page(new HeapExample().report());

    Browser.Shown shown = show(html, 1_200);

    assertThat(shown.console()).isEmpty();
    assertThat(shown.dom()).contains("data-drawn=\"4\"").doesNotContain("data-failed");
    assertThat(shown.dom()).containsPattern("data-heap=\"1 \\d+\"");
    assertThat(shown.dom()).contains("all that was allocated", "class=\"a holder\"");
  }

  @Test
  void names_of_strangers_run_no_script_and_do_not_turn_the_text_around()
      throws IOException, InterruptedException {
    HeapExample example = new HeapExample();
    example.type = HOSTILE;
    example.notes = List.of(HOSTILE);
    HeapReport report = example.report();
    String html = HeapPage.of(report, HOSTILE, List.of(HOSTILE), Instant.EPOCH);

    Browser.Shown shown = show(html, 1_000);

    assertThat(html).doesNotContain("<img").doesNotContain("\u202e", "\u2028", "\u0000");
    assertThat(shown.console()).isEmpty();
    assertThat(shown.dom()).doesNotContain("<title>taken").contains("data-heap=");
    assertThat(new HeapText(false).of(report)).doesNotContain("\u202e", "\u0000");
    assertThat(HeapJson.of(report)).isASCII().doesNotContain("\n");
  }

  @Test
  void a_minute_of_full_load_gives_a_page_of_less_than_a_megabyte()
      throws IOException, InterruptedException {
    HeapExample example = new HeapExample();
    example.allocations = 60_000;
    example.methods = 400;
    example.collectionsPerSecond = 100;

    String html = page(example.report());

    assertThat(html.length()).isLessThan(1_000_000);
    Browser.Shown shown = show(html, 1_200);
    assertThat(shown.console()).isEmpty();
    assertThat(shown.dom()).contains("data-drawn=\"4\"");
  }
}
