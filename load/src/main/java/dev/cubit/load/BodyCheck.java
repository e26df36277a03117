package dev.cubit.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects a response body where a check has to see it, up to 1 MiB: what comes after is counted
 * but not looked at. One for each connection, used again and again; empty and idle without such a
 * check.
 */
final class BodyCheck {
  static final int LIMIT = 1024 * 1024;

  private final boolean wanted;
  private byte[] bytes = new byte[0];
  private int length;
  private long total;

  BodyCheck(boolean wanted) {
    this.wanted = wanted;
  }

  /** Takes the next bytes without moving the buffer's position. */
  void add(ByteBuf in, int n) {
    if (!wanted) {
      return;
    }
    total += n;
    int taken = Math.min(n, LIMIT - length);
    if (bytes.length < length + taken) {
      bytes = Arrays.copyOf(bytes, Math.min(LIMIT, Math.max(4096, 2 * (length + taken))));
    }
    in.getBytes(in.readerIndex(), bytes, length, taken);
    length += taken;
  }

  void clear() {
    length = 0;
    total = 0;
  }

  boolean equalTo(String text) {
    byte[] expected = text.getBytes(StandardCharsets.UTF_8);
    return total == length && Arrays.equals(bytes, 0, length, expected, 0, expected.length);
  }

  boolean contains(String text) {
    return new String(bytes, 0, length, StandardCharsets.UTF_8).contains(text);
  }

  /** Its beginning, for an example. */
  String beginning() {
    String text = new String(bytes, 0, Math.min(length, 80), StandardCharsets.UTF_8);
    return text.replaceAll("\\p{Cntrl}", " ") + (length > 80 ? "…" : "");
  }
}
