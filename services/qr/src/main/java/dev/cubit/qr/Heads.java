package dev.cubit.qr;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The response heads of pictures in one format. All but the length is constant, and pictures have
 * few different lengths; so a head is made once for each. Vert.x sends the bytes of an unmodifiable
 * head again as they are, and looks at no single header.
 *
 * <p>Hot path: a look into an array. Owned by one event loop; at most about a megabyte.
 */
final class Heads {
  private static final int KEPT = 2048;
  private static final CharSequence ANYONE = HttpHeaders.createOptimized("*");
  private static final CharSequence A_DAY = HttpHeaders.createOptimized("public, max-age=86400");

  private final CharSequence mediaType;
  private final String tag;
  private final CharSequence optimizedTag;
  private final @Nullable MultiMap[] byLength = new @Nullable MultiMap[KEPT];

  Heads(String mediaType, String name) {
    this.mediaType = HttpHeaders.createOptimized(mediaType);
    tag = '"' + Build.TAG + '-' + name + '"';
    optimizedTag = HttpHeaders.createOptimized(tag);
  }

  /** With its quotes. */
  String tag() {
    return tag;
  }

  MultiMap of(int length) {
    if (length >= KEPT) {
      return cacheable(length);
    }
    var head = byLength[length];
    if (head == null) {
      head = cacheable(length).copy(false);
      byLength[length] = head;
    }
    return head;
  }

  /** For answers to POST, which no cache keeps. */
  MultiMap unkept(int length) {
    return base(length);
  }

  /** For 304. */
  MultiMap unchanged() {
    return HttpHeaders.headers()
        .add(HttpHeaders.CACHE_CONTROL, A_DAY)
        .add(HttpHeaders.ETAG, optimizedTag)
        .add(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .add(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANYONE);
  }

  private MultiMap cacheable(int length) {
    return base(length)
        .add(HttpHeaders.CACHE_CONTROL, A_DAY)
        .add(HttpHeaders.ETAG, optimizedTag)
        .add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
  }

  private MultiMap base(int length) {
    return HttpHeaders.headers()
        .add(HttpHeaders.CONTENT_TYPE, mediaType)
        .add(HttpHeaders.CONTENT_LENGTH, HttpHeaders.createOptimized(Integer.toString(length)))
        .add(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANYONE);
  }
}
