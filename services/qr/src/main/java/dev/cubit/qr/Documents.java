package dev.cubit.qr;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * The page for people and the description for programs, from the resources of the jar. Immutable,
 * shared by all event loops.
 */
final class Documents {
  private record Document(MultiMap head, String tag, Buffer body) {}

  private final Document page;
  private final Document openApi;

  Documents() {
    var html = resource("page.html");
    page =
        document(
            html,
            "html",
            headers("text/html; charset=utf-8")
                .add("content-security-policy", policy(new String(html, UTF_8)))
                .add("referrer-policy", "no-referrer")
                .add("x-content-type-options", "nosniff"));
    openApi = document(resource("openapi.json"), "api", headers("application/json"));
  }

  void page(HttpServerRequest request, Replies replies) {
    answer(request, replies, page);
  }

  void openApi(HttpServerRequest request, Replies replies) {
    answer(request, replies, openApi);
  }

  private static void answer(HttpServerRequest request, Replies replies, Document document) {
    if (document.tag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      request.response().putHeader(HttpHeaders.ETAG, document.tag());
      replies.empty(request, 304);
    } else {
      replies.constant(request, document.head(), document.body());
    }
  }

  private static MultiMap headers(String mediaType) {
    return HttpHeaders.headers()
        .add(HttpHeaders.CONTENT_TYPE, mediaType)
        .add(HttpHeaders.CACHE_CONTROL, "no-cache")
        .add(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .add(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
  }

  private static Document document(byte[] body, String name, MultiMap head) {
    var tag = '"' + Build.TAG + '-' + name + '"';
    head.add(HttpHeaders.ETAG, tag).add(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    return new Document(head.copy(false), tag, Buffer.buffer(body));
  }

  /** Nothing but the page's own script and style, named by their sums, and pictures from here. */
  private static String policy(String html) {
    return "default-src 'none'; img-src 'self' data:; connect-src 'self'; script-src '"
        + sum(html, "script")
        + "'; style-src '"
        + sum(html, "style")
        + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }

  private static String sum(String html, String element) {
    int from = html.indexOf("<" + element + ">") + element.length() + 2;
    var content = html.substring(from, html.indexOf("</" + element + ">"));
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] resource(String name) {
    try (var in = Documents.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
