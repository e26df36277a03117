package dev.cubit.qr.symbol;

import dev.cubit.qr.symbol.SymbolException.Fault;

/**
 * The characters to encode, in an array that is used again, and the bytes that they are in byte
 * mode. Owned by one thread.
 */
final class Text {
  /** The digits that version 40 holds at level L: no symbol holds more characters. */
  static final int MOST_CHARACTERS = 7089;

  private final char[] characters = new char[MOST_CHARACTERS];
  private int length;
  private boolean latin;
  private boolean ascii;

  /**
   * Reads a text.
   *
   * @param byTheLetter whether bytes are ISO 8859-1 where that holds the text, else always UTF-8
   * @throws SymbolException if it is empty, longer than any symbol, or not well-formed
   */
  void read(String text, boolean byTheLetter) {
    length = text.length();
    if (length == 0) {
      throw new SymbolException(Fault.TEXT, "the text is empty");
    }
    if (length > MOST_CHARACTERS) {
      throw tooLong();
    }
    text.getChars(0, length, characters, 0);
    int all = 0;
    for (int i = 0; i < length; i++) {
      all |= characters[i];
    }
    ascii = all < 128;
    latin = ascii || (byTheLetter && all < 256);
    if (all >= Character.MIN_SURROGATE) {
      refuseHalves();
    }
  }

  static SymbolException tooLong() {
    return new SymbolException(
        Fault.TEXT,
        "the text is too long: a QR code holds at most 7089 digits, 4296 capitals and digits, or"
            + " 2953 bytes of UTF-8, and less at levels above L");
  }

  private void refuseHalves() {
    for (int i = 0; i < length; i++) {
      if (Character.isHighSurrogate(characters[i])
          && i + 1 < length
          && Character.isLowSurrogate(characters[i + 1])) {
        i++;
      } else if (Character.isSurrogate(characters[i])) {
        throw new SymbolException(
            Fault.TEXT, "the text has half of a surrogate pair, which is no character");
      }
    }
  }

  char[] characters() {
    return characters;
  }

  int length() {
    return length;
  }

  /** Whether each character is the byte of the same number. */
  boolean isLatin() {
    return latin;
  }

  boolean isAscii() {
    return ascii;
  }

  /** Bits of a character in UTF-8; the first half of a pair counts for both. */
  static int utf8Bits(char c) {
    return c < 0x80
        ? 8
        : c < 0x800 ? 16 : Character.isHighSurrogate(c) ? 32 : Character.isLowSurrogate(c) ? 0 : 24;
  }

  /** Bytes of a part in byte mode. */
  int bytes(int from, int to) {
    if (latin) {
      return to - from;
    }
    int bits = 0;
    for (int i = from; i < to; i++) {
      bits += utf8Bits(characters[i]);
    }
    return bits / 8;
  }

  /** Whether a part has a character beyond ASCII. */
  boolean isForeign(int from, int to) {
    for (int i = from; i < to; i++) {
      if (characters[i] >= 128) {
        return true;
      }
    }
    return false;
  }
}
