package dev.cubit.qr.symbol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cubit.qr.symbol.SymbolException.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * One of several symbols that hold a text together.
 *
 * @param text its own characters
 * @param index which it is, from 0
 * @param count how many there are
 * @param parity the sum modulo 2 of the bytes of the whole text, by which readers know what belongs
 *     together
 * @param byTheLetter see {@link Text#read}
 */
record Part(String text, int index, int count, int parity, boolean byTheLetter) {
  static final Part WHOLE = new Part("", 0, 1, 0, false);

  boolean isWhole() {
    return count == 1;
  }

  /** Cuts between characters, into parts of about as many bytes. */
  static List<Part> split(String text, int count, boolean eci) {
    if (text.codePointCount(0, text.length()) < count) {
      throw new SymbolException(
          Fault.PARTS, "the text has fewer characters than parts were asked for");
    }
    // One character set for all parts: what one of them holds must not change what another means.
    boolean latin = eci && text.chars().allMatch(c -> c < 256);
    int parity = 0;
    for (byte b : text.getBytes(latin ? ISO_8859_1 : UTF_8)) {
      parity ^= b & 0xff;
    }
    var parts = new ArrayList<Part>();
    int from = 0;
    int left = text.codePointCount(0, text.length());
    long bits = text.chars().mapToLong(c -> Text.utf8Bits((char) c)).sum();
    for (int index = 0; index < count; index++) {
      long share = bits / (count - index);
      int to = from;
      do {
        int point = text.codePointAt(to);
        share -= Text.utf8Bits(text.charAt(to));
        bits -= Text.utf8Bits(text.charAt(to));
        to += Character.charCount(point);
        left--;
      } while ((share > 0 || index == count - 1) && left > count - 1 - index);
      parts.add(new Part(text.substring(from, to), index, count, parity, latin));
      from = to;
    }
    return parts;
  }
}
