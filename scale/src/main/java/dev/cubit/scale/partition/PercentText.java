package dev.cubit.scale.partition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoded text, RFC 3986, section 2.1. What is malformed is no key: two readers may differ
 * on it.
 */
final class PercentText {
  private PercentText() {}

  static boolean isEncoded(String text, int from, int to, boolean plusIsSpace) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '%' || (plusIsSpace && c == '+')) {
        return true;
      }
    }
    return false;
  }

  /** Hot path: what is not encoded is cut out. */
  static FoundKey decode(String text, int from, int to, boolean plusIsSpace) {
    if (from >= to) {
      return FoundKey.None.NONE;
    }
    if (!isEncoded(text, from, to, plusIsSpace)) {
      return new FoundKey.Key(text.substring(from, to));
    }
    byte[] bytes = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b == '%') {
        int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
        int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          return new FoundKey.Refused(
              400, "a % in the key is not followed by two hexadecimal digits");
        }
        b = (byte) ((high << 4) | low);
        i += 2;
      } else if (b == '+' && plusIsSpace) {
        b = ' ';
      }
      bytes[length++] = b;
    }
    try {
      return new FoundKey.Key(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString());
    } catch (CharacterCodingException e) {
      return new FoundKey.Refused(400, "the key is not UTF-8");
    }
  }
}
