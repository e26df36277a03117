package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cubit.diagnose.flame.FlameGraph;
import dev.cubit.diagnose.flame.Lens;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Flame graphs as text, as JSON, and as a real browser shows their page where there is one. */
class FlamePageTest {
  private static final String HOSTILE =
      "</script><script>document.title='taken'</script><img src=x onerror=document.title='taken'>";

  /** What a reader does; what is seen then is kept in the title. */
  private static final String READER =
      """
      <script>
      {
        const said = [];
        const see = (what, is) => said.push(what + "=" + is);
        const key = (k) => document.dispatchEvent(new KeyboardEvent("keydown", { key: k, bubbles: true }));
        const hint = () => document.querySelector(".hint").textContent;
        see("rows", document.querySelectorAll("table.hot tbody tr").length);
        see("hot", document.querySelector("table.hot tbody td").textContent);
        const search = document.querySelector("input[type=search]");
        search.value = "front";
        search.dispatchEvent(new Event("input"));
        see("match", hint().includes("is 100 % of all"));
        key("Escape");
        see("cleared", search.value === "");
        key("ArrowRight");
        see("stepped", document.querySelectorAll("table.hot tr.on").length);
        key("Escape");
        const ticks = [...document.querySelectorAll("label input[type=checkbox]")];
        ticks[1].click();
        see("hidden", document.querySelectorAll("table.hot tbody tr").length);
        document.title = said.join(" ");
      }
      </script>
      """;

  @TempDir Path folder = Path.of("");

  private static List<FlameGraph> graphs(String name) {
    Recording recording = DoctorExample.recording(name);
    Parties parties = Parties.of(List.of("shop"), "", Path.of(""));
    return Stream.of(Lens.values())
        .map(lens -> FlameGraph.of(recording, parties, lens, Window.whole(recording)))
        .toList();
  }

  private static String page(String name) {
    return FlamePage.of(
        graphs(name), name, Instant.EPOCH, List.of("flame"), DoctorExample.recording(name));
  }

  private Browser.Shown show(String html, int width) throws IOException, InterruptedException {
    Optional<Browser> browser = Browser.find();
    assumeTrue(browser.isPresent(), "no Chromium on the PATH: pages were not drawn");
    Path page = Files.writeString(folder.resolve("page.html"), html);
    return browser.get().show(page, folder, width);
  }

  @Test
  void the_text_names_whose_time_it_is_and_the_hottest_method() {
    String text = new FlameText(false).of(graphs("Stock"), DoctorExample.recording("Stock"));

    assertThat(text)
        .contains("1 s of CPU time: your code 100 %. Hottest: shop.Stock.price.")
        .containsPattern("shop\\.Stock\\.price +│ your code +│ 100 % +│ 100 %");
  }

  @Test
  void every_field_of_the_json_is_documented() throws IOException {
    JsonNode line =
        JsonMapper.shared()
            .readTree(FlameJson.of(graphs("Stock"), DoctorExample.recording("Stock")));

    Documented.in("cubit flame", line);
    assertThat(line.at("/cpu/hottest/0/method").asString()).isEqualTo("shop.Stock.price");
    assertThat(line.at("/cpu/total").asDouble()).isEqualTo(1e9);
  }

  @Test
  void a_recording_of_async_profiler_says_what_took_its_samples() throws IOException {
    Recording kernel = byAsync("perf_events");
    Recording timers = byAsync("ctimer");

    assertThat(new FlameText(false).of(graphs("Stock"), kernel))
        .contains("Sampled by async-profiler (perf_events): native code, the JVM and the kernel");
    assertThat(new FlameText(false).of(graphs("Stock"), timers))
        .contains("async-profiler (ctimer)", "sysctl kernel.perf_event_paranoid=1");
    assertThat(FlamePage.of(graphs("Stock"), "Stock", Instant.EPOCH, List.of("flame"), timers))
        .contains("async-profiler (ctimer)")
        .doesNotContain("JEP 509");
    JsonNode line = JsonMapper.shared().readTree(FlameJson.of(graphs("Stock"), timers));
    Documented.in("cubit flame", line);
    assertThat(line.get("engine").asString()).isEqualTo("ctimer");
  }

  private static Recording byAsync(String engine) {
    Recording r = DoctorExample.recording("Stock");
    return new Recording(
        r.start(),
        r.length(),
        r.events(),
        r.jvm(),
        r.cpu(),
        r.lostCpuSamples(),
        r.waits(),
        r.pauses(),
        r.heap(),
        r.allocations(),
        r.oldObjects(),
        r.operations(),
        r.compilations(),
        r.thrown(),
        r.counters(),
        r.resident(),
        r.nativeMemory(),
        r.collections(),
        r.collector(),
        Optional.of(new Recording.AsyncProfile(engine, List.of())),
        r.notes());
  }

  @Test
  void a_reader_searches_steps_and_hides() throws IOException, InterruptedException {
    String html = page("Stock");
    int policy = html.indexOf("<meta http-equiv");
    // the page's own policy would keep the reader out
    String open = html.substring(0, policy) + html.substring(html.indexOf('>', policy) + 1);

    Browser.Shown shown = show(open.replace("</body>", READER + "</body>"), 1_200);

    assertThat(shown.console()).isEmpty();
    assertThat(shown.dom())
        .contains(
            "<title>rows=1 hot=shop.Stock.price match=true cleared=true stepped=1"
                + " hidden=0</title>");
  }

  @Test
  void names_of_strangers_run_no_script() throws IOException, InterruptedException {
    Browser.Shown shown = show(page(HOSTILE), 600);

    assertThat(shown.console()).isEmpty();
    assertThat(shown.dom()).doesNotContain("<title>taken").contains("Hottest methods");
  }
}
