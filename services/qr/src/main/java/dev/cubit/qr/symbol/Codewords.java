package dev.cubit.qr.symbol;

import java.util.Arrays;

/** Bits, the first in the highest place of the first byte. Owned by one thread. */
final class Codewords {
  private static final int PAD_1 = 0xec;
  private static final int PAD_2 = 0x11;

  /** Room to read and write whole words at the end. */
  private static final int SLACK = 16;

  private final byte[] bytes;
  private int whole;

  /** The lowest {@link #open} bits are not in the bytes yet. */
  private long pending;

  private int open;

  Codewords(int most) {
    bytes = new byte[most + SLACK];
  }

  byte[] bytes() {
    return bytes;
  }

  void clear() {
    whole = 0;
    open = 0;
    pending = 0;
  }

  /** Adds the lowest {@code count} bits, at most 32, of a value that has no others. */
  void put(int value, int count) {
    pending = pending << count | value;
    open += count;
    while (open >= 8) {
      open -= 8;
      bytes[whole++] = (byte) (pending >>> open);
    }
  }

  /** Adds a part of a text that the mode can say, without the header of a segment. */
  void putText(Mode mode, Text text, int from, int to) {
    var characters = text.characters();
    switch (mode) {
      case NUMERIC -> putDigits(characters, from, to);
      case ALPHANUMERIC -> putAlphanumerics(characters, from, to);
      case KANJI -> putKanji(characters, from, to);
      case BYTE -> {
        if (text.isLatin()) {
          putLatin(characters, from, to);
        } else {
          putUtf8(characters, from, to);
        }
      }
    }
  }

  /** Three digits are 10 bits, two 7, one 4. */
  private void putDigits(char[] characters, int from, int to) {
    int i = from;
    for (; i + 2 < to; i += 3) {
      put(characters[i] * 100 + characters[i + 1] * 10 + characters[i + 2] - 111 * '0', 10);
    }
    if (to - i == 2) {
      put(characters[i] * 10 + characters[i + 1] - 11 * '0', 7);
    } else if (to - i == 1) {
      put(characters[i] - '0', 4);
    }
  }

  /** Two characters are 11 bits, one 6. */
  private void putAlphanumerics(char[] characters, int from, int to) {
    int i = from;
    for (; i + 1 < to; i += 2) {
      int first = Segmenter.alphanumeric(characters[i]);
      put(first * 45 + Segmenter.alphanumeric(characters[i + 1]), 11);
    }
    if (i < to) {
      put(Segmenter.alphanumeric(characters[i]), 6);
    }
  }

  private void putKanji(char[] characters, int from, int to) {
    for (int i = from; i < to; i++) {
      put(Kanji.value(characters[i]), 13);
    }
  }

  /** Adds characters as bytes of the same number. */
  private void putLatin(char[] characters, int from, int to) {
    int shift = open;
    int at = whole;
    long carry = pending;
    for (int i = from; i < to; i++) {
      carry = carry << 8 | characters[i];
      bytes[at++] = (byte) (carry >>> shift);
    }
    whole = at;
    pending = carry;
  }

  /** Adds well-formed characters as UTF-8. */
  private void putUtf8(char[] characters, int from, int to) {
    for (int i = from; i < to; i++) {
      int c = characters[i];
      if (c < 0x80) {
        put(c, 8);
      } else if (c < 0x800) {
        put(0xc080 | (c & 0x7c0) << 2 | (c & 0x3f), 16);
      } else if (!Character.isHighSurrogate((char) c)) {
        put(0xe08080 | (c & 0xf000) << 4 | (c & 0xfc0) << 2 | (c & 0x3f), 24);
      } else {
        int point = Character.toCodePoint((char) c, characters[++i]);
        put(0xf080 | (point >>> 10 & 0x700) | (point >>> 12 & 0x3f), 16);
        put(0x8080 | (point & 0xfc0) << 2 | (point & 0x3f), 16);
      }
    }
  }

  /** Adds as many bytes as they are. */
  void putBytes(byte[] source) {
    for (byte b : source) {
      put(b & 0xff, 8);
    }
  }

  /**
   * Ends the bits: a terminator of zeros, as much of it as fits, zeros up to a whole byte, and pad
   * bytes in turn (ISO/IEC 18004, 7.4.10). Half a byte at the end, which some Micro QR codes have,
   * is zeros.
   *
   * @param capacity in bits, a multiple of 4
   */
  void finish(int terminatorBits, int capacity) {
    put(0, Math.min(terminatorBits, capacity - length()));
    put(0, Math.min(8 - open & 7, capacity - length()));
    for (int pad = PAD_1; length() + 8 <= capacity; pad ^= PAD_1 ^ PAD_2) {
      bytes[whole++] = (byte) pad;
    }
    put(0, capacity - length());
    put(0, 8 - open & 7);
  }

  /** Readers of whole words see zeros beyond the end. */
  void clearBeyond(int end) {
    Arrays.fill(bytes, end, end + SLACK, (byte) 0);
  }

  /** Bits so far. */
  int length() {
    return whole * 8 + open;
  }
}
