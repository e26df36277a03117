package dev.cubit.qr;

import static dev.cubit.qr.Running.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The page at /, used in a real browser. What stands behind # is typed for the user. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageTest {
  private final Running qr = new Running();

  @AfterAll
  void stop() {
    qr.close();
  }

  @Test
  void a_text_becomes_a_code_at_once(@TempDir Path scratch) throws Exception {
    var browser = Browser.find();
    var dom = browser.dom(at("#ciao%20mondo%20%26%20%2B"), scratch);

    assertThat(dom)
        .contains("src=\"?data=ciao+mondo+%26+%2B\"")
        .contains("14 characters, ")
        .contains("href=\"?data=ciao+mondo+%26+%2B&amp;format=svg&amp;download=true\"")
        .contains("alt=\"QR code of: ciao mondo &amp; +\"");
    assertThat(browser.console(scratch)).as("what the page complained about").isEmpty();
  }

  @Test
  void the_code_on_the_screen_can_be_read(@TempDir Path scratch) throws Exception {
    var picture = scratch.resolve("page.png");
    Browser.find().screenshot(at("#ciao"), scratch, picture);

    assertThat(Pictures.found(Files.readAllBytes(picture))).isEqualTo("ciao");
  }

  @Test
  void what_is_wrong_is_told(@TempDir Path scratch) throws Exception {
    assertThat(Browser.find().dom(at("#" + "x".repeat(3000)), scratch))
        .contains("class=\"bad\">", "too long");
  }

  @Test
  void the_page_asks_nobody_else_and_runs_nothing_but_its_own() throws Exception {
    var response = qr.get("/", "accept", "text/html");
    var html = Running.text(response);

    assertThat(header(response, "content-security-policy"))
        .startsWith("default-src 'none'")
        .contains("script-src 'sha256-", "style-src 'sha256-")
        .doesNotContain("unsafe");
    assertThat(html).doesNotContain("http://", "https://", " onclick", " oninput", " style=\"");
  }

  private String at(String fragment) {
    return "http://127.0.0.1:" + qr.port() + "/" + fragment;
  }
}
