package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cubit.diagnose.bubble.Bubbles;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bubbles' page, text and JSON; the page as a real browser shows it where there is one. */
class BubblePageTest {
  private static final String HOSTILE =
      "</script><script>document.title='taken'</script><img src=x onerror=document.title='taken'>";

  /**
   * What a reader does, one after the other; what is seen then is kept in the title. The browser
   * writes the page down as soon as it is loaded, so frames must not be waited for.
   */
  private static final String READER =
      """
      <script>
      window.requestAnimationFrame = (then) => then();
      const said = [];
      const see = (what, is) => said.push(what + "=" + is);
      const key = (k, on) => (on || document.body).dispatchEvent(new KeyboardEvent("keydown", { key: k, bubbles: true }));
      const shares = () => [...document.querySelectorAll(".bb-node .share")].map((e) => e.textContent).join();
      {
        const lock = [...document.querySelectorAll(".bb-node")].find((n) => n.classList.contains("LOCK"));
        see("label", lock.getAttribute("aria-label").split(",")[0]);
        const before = shares();
        lock.dispatchEvent(new MouseEvent("click", { bubbles: true }));
        const detail = document.querySelector(".bb-detail");
        see("opened", !detail.hidden && detail.textContent.includes("What its holder did meanwhile"));
        detail.querySelector(".bb-ops button").click();
        see("stack", detail.textContent.includes("ServerImpl$Exchange.run:871"));
        key("Escape");
        see("closed", detail.hidden);
        const search = document.querySelector("input[type=search]");
        search.value = "prices.local";
        search.dispatchEvent(new Event("input"));
        see("found", document.querySelectorAll(".bb-found li").length > 0);
        key("Escape", search);
        see("cleared", search.value === "");
        const canvas = document.querySelector("canvas");
        key("End", canvas);
        see("chosen", document.querySelector(".bb-range").textContent.includes("chosen"));
        see("weighed", shares() !== before);
        key("Escape");
        see("all", shares() === before);
        document.title = said.join(" ");
      }
      </script>
      """;

  @TempDir Path folder = Path.of("");

  private Browser.Shown show(String html, int width) throws IOException, InterruptedException {
    Optional<Browser> browser = Browser.find();
    assumeTrue(browser.isPresent(), "no Chromium on the PATH: pages were not drawn");
    Path page = Files.writeString(folder.resolve("page.html"), html);
    return browser.get().show(page, folder, width);
  }

  @Test
  void the_first_sentence_names_the_largest_and_what_is_behind_it() {
    Bubbles bubbles = BubbleExample.lock(10).bubbles(0);

    assertThat(BubbleWords.verdict(bubbles))
        .matches(
            "7\\d(\\.\\d)? % of the time a request waits for the lock Object in Order in"
                + " Order\\.place, whose holder waits for another server, prices\\.local:9000.*");
    assertThat(BubbleWords.advice(bubbles)).contains("while the lock is held");
  }

  @Test
  void a_full_machine_is_named_where_no_event_explains_the_time() {
    BubbleExample example = BubbleExample.lock(10);
    example.machine = 0.97;

    assertThat(BubbleWords.verdict(example.bubbles(100)))
        .contains("97 % in use", "waiting for a core");
  }

  @Test
  void without_a_load_there_is_a_sentence_and_an_empty_page()
      throws IOException, InterruptedException {
    BubbleExample empty = new BubbleExample(5);

    assertThat(BubbleWords.verdict(empty.bubbles(0))).contains("no load");
    assertThat(show(empty.page(0), 1_000).dom())
        .contains("data-bubbles=\"0\"")
        .doesNotContain("data-failed");
  }

  @Test
  void the_text_has_a_row_for_each_bubble() {
    String text = new BubbleText(false).of(BubbleExample.lock(10).bubbles(8));

    assertThat(text)
        .contains("Object in Order", "prices.local:9000", "Order.place:12", "8 requests in flight")
        .doesNotContain("\u001b");
  }

  @Test
  void each_field_of_the_json_is_documented() throws IOException {
    String json = BubbleJson.of(BubbleExample.lock(10).bubbles(100));

    Documented.in("cubit bubble", tools.jackson.databind.json.JsonMapper.shared().readTree(json));
  }

  @Test
  void a_page_is_drawn_without_complaint_wide_and_narrow()
      throws IOException, InterruptedException {
    String html = BubbleExample.lock(10).page(20);
    assertThat(html).contains("Content-Security-Policy", "Mike Bostock");

    for (int width : List.of(1_300, 400)) {
      Browser.Shown shown = show(html, width);

      assertThat(shown.console()).isEmpty();
      assertThat(shown.dom()).doesNotContain("data-failed").contains("class=\"bb-node LOCK");
    }
  }

  @Test
  void bubbles_are_opened_searched_and_weighed_anew_by_the_keyboard()
      throws IOException, InterruptedException {
    String html =
        BubbleExample.lock(10)
            .page(20)
            .replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
            .replace("</body>", READER + "</body>");

    Browser.Shown shown = show(html, 1_300);

    assertThat(shown.console()).isEmpty();
    assertThat(shown.dom())
        .contains(
            "<title>label=Object in Order opened=true stack=true closed=true found=true"
                + " cleared=true chosen=true weighed=true all=true</title>");
  }

  @Test
  void names_from_a_recording_are_text_and_nothing_else() throws IOException, InterruptedException {
    BubbleExample example = BubbleExample.lock(5);
    example.add(
        WaitKind.SOCKET_READ,
        0,
        4000,
        40,
        0,
        HOSTILE + ":80",
        BubbleExample.stack("com.example." + HOSTILE, HOSTILE, 3));

    Browser.Shown shown = show(example.page(0), 1_000);

    assertThat(shown.dom())
        .contains("<title>Cubit bubble: the shop</title>")
        .doesNotContain("<img");
    assertThat(shown.console()).isEmpty();
  }

  @Test
  void a_minute_under_load_makes_a_small_page_and_no_complaint()
      throws IOException, InterruptedException {
    BubbleExample example = BubbleExample.lock(60);
    for (int i = 0; i < 60_000; i++) {
      String type = "com.example.part" + i % 30 + ".Service" + i % 400;
      WaitKind kind = i % 3 == 0 ? WaitKind.SLEEP : WaitKind.SOCKET_READ;
      example.add(
          kind,
          i,
          5,
          100 + i % 64,
          0,
          "node" + i % 9 + ":80",
          BubbleExample.stack(type, "call", 7));
    }
    String html = example.page(80);
    assertThat(html.length()).isLessThan(5_000_000);
    String watched =
        html.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
            .replace(
                "<style>",
                """
                <script>
                new PerformanceObserver((list) => {
                  for (const e of list.getEntries()) {
                    document.documentElement.dataset.longest = Math.max(e.duration, document.documentElement.dataset.longest || 0);
                  }
                }).observe({ entryTypes: ["longtask"] });
                </script><style>
                """);

    Browser.Shown shown = show(watched, 1_300);

    assertThat(shown.console()).isEmpty();
    assertThat(shown.dom()).doesNotContain("data-failed").contains("bb-node");
    // how long a task takes depends on who else uses this machine: said, not asserted
    System.out.println(
        "longest task, ms: "
            + shown.dom().replaceAll("(?s).*?data-longest=\"([^\"]*)\".*|.*", "$1"));
  }
}
