package dev.cubit.qr.symbol;

import java.util.Arrays;

/**
 * Cuts a text into segments of one mode each so that the bit stream is the shortest there is.
 *
 * <p>Dynamic programming over characters: the least cost of the text so far that ends in each mode,
 * either by going on in that mode or by closing the cheapest mode and opening this one. Costs are
 * sixths of a bit, in which a digit (10 bits for 3) and an alphanumeric character (11 bits for 2)
 * are whole numbers; closing a segment rounds up to whole bits, which is exactly what the
 * standard's shorter last groups cost.
 *
 * <p>Owned by one thread; {@link #plan} allocates nothing.
 */
final class Segmenter {
  /** The text does not fit into the bits allowed. */
  static final int TOO_LONG = -1;

  private static final int NUMERIC = 0;
  private static final int ALPHANUMERIC = 1;
  private static final int BYTE = 2;
  private static final int KANJI = 3;

  private static final int INFINITE = 1 << 28;
  private static final byte BYTE_GOES_ON = BYTE << (2 * BYTE);

  /** By ASCII character: its alphanumeric value, or -1. */
  private static final byte[] ALPHANUMERICS = alphanumerics();

  /** By character: in which mode the previous one is, for each mode of this one, two bits each. */
  private byte[] before = new byte[256];

  /** The segments found, the last first. */
  private byte[] modes = new byte[16];

  private int[] starts = new int[16];
  private int count;

  /** The value of a character in alphanumeric mode, 0 to 44, or -1. */
  static int alphanumeric(char c) {
    return c < 128 ? ALPHANUMERICS[c] : -1;
  }

  private static byte[] alphanumerics() {
    var values = new byte[128];
    Arrays.fill(values, (byte) -1);
    var characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    for (int i = 0; i < characters.length(); i++) {
      values[characters.charAt(i)] = (byte) i;
    }
    return values;
  }

  /**
   * Finds the segments, to be read by {@link #count}, {@link #mode} and {@link #start}.
   *
   * @param latin whether bytes are ISO 8859-1, which then holds all characters; else they are UTF-8
   * @param mostBits at which to give up
   * @return the length in bits, or {@link #TOO_LONG}
   */
  int plan(char[] text, int length, Headers headers, boolean latin, int mostBits) {
    if (before.length < length) {
      before = new byte[text.length];
    }
    int numericHeader = headers.numeric() * 6;
    int alphanumericHeader = headers.alphanumeric() * 6;
    int byteHeader = headers.bytes() * 6;
    int kanjiHeader = headers.kanji() * 6;
    int most = mostBits * 6;

    // An alphanumeric run between bytes saves less than 28/6 bits a character and costs two
    // headers.
    int tooShort = (Math.min(numericHeader, alphanumericHeader) + byteHeader) / 28;

    int numeric = INFINITE;
    int alphanumeric = INFINITE;
    int bytes = INFINITE;
    int kanji = INFINITE;
    int closed = 0;
    int closedMode = BYTE;
    for (int i = 0; i < length; i++) {
      if (closed == bytes && i > 0 && isByte(text[i - 1])) {
        int end = endOfBytes(text, i, length, tooShort);
        if (end > i) {
          Arrays.fill(before, i, end, BYTE_GOES_ON);
          bytes += (end - i) * 8 * 6;
          closed = bytes;
          i = end;
          if (i == length) {
            break;
          }
        }
      }
      char c = text[i];
      int enterByte = closed + byteHeader;
      int trace = (bytes <= enterByte ? BYTE : closedMode) << (2 * BYTE);
      int nextBytes = Math.min(bytes, enterByte);
      int nextNumeric = INFINITE;
      int nextAlphanumeric = INFINITE;
      int nextKanji = INFINITE;
      if (c < 128) {
        nextBytes += 8 * 6;
        if (ALPHANUMERICS[c] >= 0) {
          int enter = closed + alphanumericHeader;
          trace |= (alphanumeric <= enter ? ALPHANUMERIC : closedMode) << (2 * ALPHANUMERIC);
          nextAlphanumeric = Math.min(alphanumeric, enter) + 33;
          if (c >= '0' && c <= '9') {
            enter = closed + numericHeader;
            trace |= (numeric <= enter ? NUMERIC : closedMode) << (2 * NUMERIC);
            nextNumeric = Math.min(numeric, enter) + 20;
          }
        }
      } else {
        nextBytes += (latin ? 8 : Text.utf8Bits(c)) * 6;
        if (Kanji.value(c) != Kanji.NONE) {
          int enter = closed + kanjiHeader;
          trace |= (kanji <= enter ? KANJI : closedMode) << (2 * KANJI);
          nextKanji = Math.min(kanji, enter) + 13 * 6;
        }
      }
      before[i] = (byte) trace;
      numeric = nextNumeric;
      alphanumeric = nextAlphanumeric;
      bytes = nextBytes;
      kanji = nextKanji;
      closed = bytes;
      closedMode = BYTE;
      if (alphanumeric < INFINITE && wholeBits(alphanumeric) < closed) {
        closed = wholeBits(alphanumeric);
        closedMode = ALPHANUMERIC;
      }
      if (numeric < INFINITE && wholeBits(numeric) < closed) {
        closed = wholeBits(numeric);
        closedMode = NUMERIC;
      }
      if (kanji < closed) {
        closed = kanji;
        closedMode = KANJI;
      }
      if (closed > most) {
        return TOO_LONG;
      }
    }
    if (closed > most) {
      return TOO_LONG;
    }
    trace(length, closedMode);
    return closed / 6;
  }

  private static boolean isByte(char c) {
    return c < 128 && ALPHANUMERICS[c] < 0;
  }

  /** Behind the last ASCII character before which leaving byte mode cannot pay. */
  private static int endOfBytes(char[] text, int from, int length, int tooShort) {
    int end = from;
    int run = 0;
    for (int i = from; i < length && run <= tooShort && text[i] < 128; i++) {
      run++;
      if (ALPHANUMERICS[text[i]] < 0) {
        run = 0;
        end = i + 1;
      }
    }
    return end;
  }

  private static int wholeBits(int sixths) {
    return (sixths + 5) / 6 * 6;
  }

  private void trace(int length, int lastMode) {
    count = 0;
    int mode = lastMode;
    for (int i = length - 1; i >= 0; i--) {
      if (i > 0 && mode == BYTE && before[i] == BYTE_GOES_ON) {
        continue;
      }
      int previous = before[i] >>> (2 * mode) & 3;
      if (previous != mode || i == 0) {
        add(mode, i);
      }
      mode = previous;
    }
  }

  private void add(int mode, int start) {
    if (count == modes.length) {
      modes = Arrays.copyOf(modes, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
    }
    modes[count] = (byte) mode;
    starts[count++] = start;
  }

  /** How many segments there are. */
  int count() {
    return count;
  }

  /** The mode of a segment, counted from 0. */
  Mode mode(int segment) {
    return Mode.of(modes[count - 1 - segment]);
  }

  /** The first character of a segment. */
  int start(int segment) {
    return starts[count - 1 - segment];
  }
}
