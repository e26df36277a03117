package dev.cubit.scale.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cubit.scale.partition.RequestParts;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * The request that a loop reads, as a key is looked for in it. The path is the one that the service
 * gets, in its normal form. Reused for each request.
 */
final class KeyPlaces implements RequestParts {
  private final RequestHead head;
  private final RequestPath path;
  private boolean malformed;

  KeyPlaces(RequestHead head, RequestPath path) {
    this.head = head;
    this.path = path;
  }

  /** To be called for each request. */
  KeyPlaces begin() {
    malformed = false;
    return this;
  }

  /** Whether a field that was asked for has bytes that are not UTF-8. */
  boolean isMalformed() {
    return malformed;
  }

  @Override
  public String path() {
    return Bytes.text(path.bytes, path.from, path.to);
  }

  @Override
  public String query() {
    int from = Math.min(head.queryFrom + 1, head.targetTo);
    return Bytes.text(head.bytes, from, head.targetTo);
  }

  @Override
  public String header(String name) {
    byte[] wanted = Bytes.of(name);
    String all = "";
    boolean found = false;
    for (int i = 0; i < head.count; i++) {
      if (Bytes.is(head.bytes, head.nameFrom[i], head.nameTo[i], wanted)) {
        String value = text(head.valueFrom[i], head.valueTo[i]);
        all = found ? all + (name.equals("cookie") ? "; " : ", ") + value : value;
        found = true;
      }
    }
    return all;
  }

  private String text(int from, int to) {
    for (int i = from; i < to; i++) {
      if (head.bytes[i] < 0) {
        return unicode(from, to);
      }
    }
    return Bytes.text(head.bytes, from, to);
  }

  private String unicode(int from, int to) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(head.bytes, from, to - from)).toString();
    } catch (CharacterCodingException e) {
      malformed = true;
      return "";
    }
  }
}
