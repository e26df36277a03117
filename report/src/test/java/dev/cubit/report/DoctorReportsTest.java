package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cubit.diagnose.doctor.Consultation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A diagnosis as text, as JSON, and as a real browser shows its page where there is one. */
class DoctorReportsTest {
  private static final String HOSTILE =
      "</script></style></title><script>document.title='taken'</script>"
          + "\"'><img src=x onerror=document.title='taken'><!-- ]]>\u2028\u202e\u0000\ud83d";

  @TempDir Path folder = Path.of("");

  private Browser.Shown show(String html, int width) throws IOException, InterruptedException {
    Optional<Browser> browser = Browser.find();
    assumeTrue(browser.isPresent(), "no Chromium on the PATH: pages were not drawn");
    Path page = Files.writeString(folder.resolve("page.html"), html);
    return browser.get().show(page, folder, width);
  }

  @Test
  void the_text_tells_the_verdict_the_ledger_the_lock_and_what_to_do_next() {
    String text = new DoctorText(false).of(DoctorExample.consultation("Stock"));

    assertThat(text)
        .contains("Lock contention")
        .contains("90 % of the requests in flight wait for a lock of class shop.Stock")
        .contains("30 requests in flight, 300 req/s, mean 100 ms")
        .containsPattern("█{27}░{3} +90 %  waiting for a lock")
        .contains("its holder was seen in: shop.Stock.reserve (sleeps)")
        .contains("shop.Stock.reserve:42")
        .contains("What helps")
        .contains("Next  cubit bubble --load '[' -c 30 / ']' -- java -jar shop.jar")
        .contains("CPU time per request: 100 µs without recording, 104 µs with it")
        .contains("3 requests failed");
  }

  @Test
  void colour_is_added_only_where_it_is_wanted() {
    Consultation consultation = DoctorExample.consultation("Stock");

    assertThat(new DoctorText(false).of(consultation)).doesNotContain("\u001b");
    assertThat(new DoctorText(true).of(consultation)).contains("\u001b[31m");
  }

  @Test
  void every_field_of_the_json_is_documented() throws IOException {
    JsonNode line =
        JsonMapper.shared().readTree(DoctorJson.of(DoctorExample.consultation("Stock")));

    Documented.in("cubit doctor", line);
    assertThat(line.get("cause").asString()).isEqualTo("lock");
    assertThat(line.get("severity").asString()).isEqualTo("high");
    assertThat(line.get("unexplainedShare").asDouble()).isBetween(0.033, 0.034);
    assertThat(line.at("/ledger/0/item").asString()).isEqualTo("lock");
    assertThat(line.at("/ledger/0/waiters/0/stack/2").asString())
        .isEqualTo("shop.Stock.reserve:42");
    assertThat(line.at("/findings/0/cause").asString()).isEqualTo("lock");
    assertThat(line.at("/hottest/0/method").asString()).isEqualTo("shop.Stock.price");
  }

  @Test
  void a_page_draws_its_charts_and_has_the_ledger_the_stacks_and_the_second_opinion()
      throws IOException, InterruptedException {
    String html = DoctorPage.of(DoctorExample.consultation("Stock"), "shop.jar");

    Browser.Shown shown = show(html, 1_200);

    assertThat(shown.console()).isEmpty();
    assertThat(shown.dom()).contains("data-drawn=\"5\"").doesNotContain("data-failed");
    assertThat(shown.dom())
        .contains("waiting for a lock", "90 % · 27 requests", "<b>shop.Stock.reserve:42</b>")
        .contains("Java Blocking", "cubit bubble --load");
  }

  @Test
  void names_of_strangers_run_no_script() throws IOException, InterruptedException {
    String html = DoctorPage.of(DoctorExample.consultation(HOSTILE), HOSTILE);

    Browser.Shown shown = show(html, 600);

    assertThat(shown.console()).isEmpty();
    assertThat(shown.dom()).doesNotContain("<title>taken").contains("&lt;img src=x");
  }
}
