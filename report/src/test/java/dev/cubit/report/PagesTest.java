package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cubit.load.ErrorKind;
import dev.cubit.load.LoadResult.Errors;
import dev.cubit.measure.Comparison;
import dev.cubit.measure.Ratio;
import dev.cubit.measure.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages as text, and as a real browser shows them where there is one. */
class PagesTest {
  /** Ends whatever it is put into, in each way there is. */
  private static final String HOSTILE =
      "</script></style></title><script>document.title='taken'</script>"
          + "\"'><img src=x onerror=document.title='taken'><!-- ]]>\u2028\u2029\u202e\u0000\ud83d";

  @TempDir Path folder = Path.of("");

  private static Example hostile() {
    Example example = new Example();
    example.title = Optional.of(HOSTILE);
    example.urls = List.of("http://localhost/" + HOSTILE);
    example.command = List.of("baseline", HOSTILE);
    example.targetCommand = HOSTILE;
    example.socketPath = Optional.of(HOSTILE);
    example.mismatches = 2;
    example.mismatchExample = HOSTILE;
    example.errors.put(ErrorKind.PROTOCOL, new Errors(3, HOSTILE));
    example.saturation = Optional.of(new Run.Saturation(HOSTILE));
    example.statuses = new TreeMap<>(Map.of(200, 50_000L, 503, 4_300L));
    return example;
  }

  private Browser.Shown show(String html, int width) throws IOException, InterruptedException {
    Optional<Browser> browser = Browser.find();
    assumeTrue(browser.isPresent(), "no Chromium on the PATH: pages were not drawn");
    Path page = Files.writeString(folder.resolve("page.html"), html);
    return browser.get().show(page, folder, width);
  }

  private static int count(String text, String what) {
    return text.split(Pattern.quote(what), -1).length - 1;
  }

  private void is_drawn_without_complaint(String html, int charts)
      throws IOException, InterruptedException {
    Browser.Shown shown = show(html, 1_000);

    assertThat(shown.console()).isEmpty();
    assertThat(shown.dom()).contains("data-drawn=\"" + charts + "\"").doesNotContain("data-failed");
    assertThat(count(shown.dom(), "<canvas")).isEqualTo(charts);
  }

  @Test
  void a_page_needs_nothing_but_itself() {
    String html = RunPage.of(new Example().open(5_432).run(), Example.goals());

    assertThat(html).contains("Content-Security-Policy", "default-src 'none'");
    assertThat(html).doesNotContainPattern("<(script|img|iframe|audio|video)[^>]* src=");
    assertThat(html).doesNotContainPattern("<link[^>]* href=\"(?!data:,)");
    assertThat(html).doesNotContain("@import").doesNotContainPattern("url\\((?!data:)");
    assertThat(html).contains("Permission is hereby granted").contains("Leon Sorokin");
  }

  @Test
  void a_page_says_first_what_came_out() {
    String html = RunPage.of(new Example().run(), Example.goals());

    assertThat(html)
        .containsSubsequence(
            "<h1>", "1 of 2 goals missed", "Requests a second", "✓ held", "✗ failed");
    assertThat(RunPage.of(Example.dead().run(), List.of()))
        .contains("<p class=\"verdict bad\">Nothing was answered: no answer from localhost:8080");
  }

  @Test
  void the_command_of_a_page_can_be_given_to_a_shell() {
    assertThat(
            Environment.command(
                List.of("baseline", "-c", "200", "--goal", "p99<50ms", "/?a=it's", "")))
        .isEqualTo("cubit baseline -c 200 --goal 'p99<50ms' '/?a=it'\\''s' ''");
  }

  @Test
  void what_strangers_wrote_is_text_and_nothing_else() {
    String html = RunPage.of(hostile().run(), List.of());

    assertThat(html).doesNotContain("<img").doesNotContain("<script>document");
    assertThat(html).doesNotContain("\u2028", "\u2029", "\u202e", "\u0000");
    assertThat(count(html, "</script>")).isEqualTo(3);
    assertThat(html).contains("&lt;/script&gt;&lt;/style&gt;&lt;/title&gt;&lt;script&gt;");
  }

  @Test
  void half_a_surrogate_pair_does_not_keep_a_page_from_being_written() throws IOException {
    Path page = folder.resolve("page.html");

    Files.writeString(page, RunPage.of(hostile().run(), List.of()));

    assertThat(page).isNotEmptyFile();
  }

  @Test
  void a_hostile_page_runs_no_script_of_its_guests_in_a_browser()
      throws IOException, InterruptedException {
    Browser.Shown shown = show(RunPage.of(hostile().run(), List.of()), 1_000);

    assertThat(shown.console()).isEmpty();
    assertThat(shown.dom()).doesNotContain("<title>taken").contains("data-drawn=\"6\"");
  }

  @Test
  void the_policy_of_a_page_stops_a_script_that_was_not_escaped()
      throws IOException, InterruptedException {
    String broken =
        RunPage.of(new Example().run(), List.of())
            .replace("</footer>", "</footer><script>document.title='taken'</script>");

    Browser.Shown shown = show(broken, 1_000);

    assertThat(shown.dom()).contains("data-drawn=\"6\"").doesNotContain("<title>taken");
    assertThat(shown.console()).anyMatch(line -> line.contains("Content Security Policy"));
  }

  @Test
  void charts_of_an_open_load_are_drawn() throws IOException, InterruptedException {
    is_drawn_without_complaint(RunPage.of(new Example().open(5_432).run(), Example.goals()), 6);
  }

  @Test
  void a_run_in_which_nothing_succeeded_is_drawn() throws IOException, InterruptedException {
    is_drawn_without_complaint(RunPage.of(Example.dead().run(), List.of()), 6);
  }

  @Test
  void a_run_without_any_figure_has_no_chart_and_no_complaint()
      throws IOException, InterruptedException {
    is_drawn_without_complaint(RunPage.of(Example.empty().run(), List.of()), 0);
  }

  @Test
  void a_single_sample_is_drawn() throws IOException, InterruptedException {
    Example example = new Example();
    example.samples = Example.samples(1, 4_000);
    example.use = Optional.of(Example.use(1));

    is_drawn_without_complaint(RunPage.of(example.run(), List.of()), 5);
  }

  @Test
  void ten_thousand_samples_of_great_figures_are_drawn_and_the_page_stays_small()
      throws IOException, InterruptedException {
    Example example = new Example();
    example.samples = Example.samples(10_000, 812_345_678L);
    example.bytes = Long.MAX_VALUE / 4;
    example.latency = Example.spread(9, 20_000, 1_800_000_000.0);
    String html = RunPage.of(example.run(), List.of());

    assertThat(html.length()).isLessThan(1_000_000);
    is_drawn_without_complaint(html, 6);
  }

  @Test
  void two_runs_are_drawn_over_each_other_with_gaps_where_one_has_ended()
      throws IOException, InterruptedException {
    Run a = OtherReportsTest.run("before", 8, 5_000);
    Run b = OtherReportsTest.run("after", 12, 6_000);
    String html = ComparisonPage.of(Comparison.of(a, b), a, b);

    assertThat(html).contains("null").doesNotContain("NaN\"");
    is_drawn_without_complaint(html, 4);
  }

  @Test
  void a_ceiling_is_drawn() throws IOException, InterruptedException {
    String html =
        CeilingPage.of(
            OtherReportsTest.ceiling(Optional.of(new Ratio(0.003, 0.0028, 0.0032)), true, false),
            List.of("ceiling", "-c", "200"));

    assertThat(html).contains("The target reaches at most 0.3 %");
    is_drawn_without_complaint(html, 1);
  }
}
