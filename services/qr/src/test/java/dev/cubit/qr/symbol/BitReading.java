package dev.cubit.qr.symbol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads segments out of data bits, by ISO/IEC 18004, 7.4, and with no table of the encoder's. It
 * also insists on what comes behind them: terminator and pad bytes to the letter.
 */
final class BitReading {
  private static final String ALPHANUMERICS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  private static final Charset SHIFT_JIS = Charset.forName("Shift_JIS");

  /** Widths of the character counts (table 3), by mode: of versions 1-9, 10-26, 27-40. */
  private static final int[][] MODEL_2 = {{10, 12, 14}, {9, 11, 13}, {8, 16, 16}, {8, 10, 12}};

  /** The same of M1 to M4. */
  private static final int[][] MICRO = {{3, 4, 5, 6}, {0, 3, 4, 5}, {0, 0, 4, 5}, {0, 0, 3, 4}};

  private final byte[] bytes;
  private final int capacity;
  private int at;

  private BitReading(byte[] bytes, int capacity) {
    this.bytes = bytes;
    this.capacity = capacity;
  }

  /** Bits that the header of a segment takes; a mode that the version lacks gives at least 1000. */
  static int header(Mode mode, int version, boolean micro) {
    if (!micro) {
      return 4 + MODEL_2[mode.index][version < 10 ? 0 : version < 27 ? 1 : 2];
    }
    int count = MICRO[mode.index][version - 1];
    return count == 0 ? 1000 : version - 1 + count;
  }

  static boolean isAlphanumeric(int c) {
    return ALPHANUMERICS.indexOf(c) >= 0;
  }

  /** Reads the data codewords of a QR code. */
  static List<Piece> model2(byte[] data, int version) {
    var reading = new BitReading(data, 8 * data.length);
    var pieces = new ArrayList<Piece>();
    while (reading.left() >= 4) {
      int indicator = reading.take(4);
      switch (indicator) {
        case 0 -> {
          reading.expectPadding();
          return pieces;
        }
        case 1 -> pieces.add(reading.data(Mode.NUMERIC, version, false));
        case 2 -> pieces.add(reading.data(Mode.ALPHANUMERIC, version, false));
        case 4 -> pieces.add(reading.data(Mode.BYTE, version, false));
        case 8 -> pieces.add(reading.data(Mode.KANJI, version, false));
        case 3 -> pieces.add(new Piece.Append(reading.take(4), reading.take(4), reading.take(8)));
        case 7 -> pieces.add(new Piece.Eci(reading.take(8)));
        default -> throw new AssertionError("mode indicator " + indicator);
      }
    }
    reading.expect(0, reading.left());
    return pieces;
  }

  /**
   * Reads the data bits of a Micro QR code.
   *
   * @param capacity in bits
   */
  static List<Piece> micro(byte[] data, int capacity, int version) {
    var reading = new BitReading(data, capacity);
    var pieces = new ArrayList<Piece>();
    int terminator = 2 * version + 1;
    while (reading.left() >= terminator) {
      if (reading.peek(terminator) == 0) {
        reading.take(terminator);
        reading.expectPadding();
        return pieces;
      }
      int indicator = reading.take(version - 1);
      pieces.add(reading.data(List.of(Mode.values()).get(indicator), version, true));
    }
    reading.expect(0, reading.left());
    return pieces;
  }

  private Piece data(Mode mode, int version, boolean micro) {
    int width = header(mode, version, micro) - (micro ? version - 1 : 4);
    int start = at - (micro ? version - 1 : 4);
    int count = take(width);
    var characters =
        switch (mode) {
          case NUMERIC -> digits(count);
          case ALPHANUMERIC -> alphanumerics(count);
          case BYTE -> bytes(count);
          case KANJI -> kanji(count);
        };
    return new Piece.Data(mode, characters, at - start);
  }

  private String digits(int count) {
    var text = new StringBuilder();
    for (int left = count; left > 0; left -= 3) {
      int digits = Math.min(left, 3);
      text.append(("%0" + digits + "d").formatted(take(new int[] {0, 4, 7, 10}[digits])));
    }
    return checked(text, count);
  }

  private String alphanumerics(int count) {
    var text = new StringBuilder();
    for (int left = count; left > 1; left -= 2) {
      int pair = take(11);
      text.append(ALPHANUMERICS.charAt(pair / 45)).append(ALPHANUMERICS.charAt(pair % 45));
    }
    if (count % 2 == 1) {
      text.append(ALPHANUMERICS.charAt(take(6)));
    }
    return checked(text, count);
  }

  private String bytes(int count) {
    var found = new byte[count];
    for (int i = 0; i < count; i++) {
      found[i] = (byte) take(8);
    }
    return new String(found, ISO_8859_1);
  }

  private String kanji(int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int value = take(13);
      int pair = ((value / 0xc0) << 8) + value % 0xc0;
      pair += pair + 0x8140 <= 0x9ffc ? 0x8140 : 0xc140;
      text.append(new String(new byte[] {(byte) (pair >> 8), (byte) pair}, SHIFT_JIS));
    }
    return checked(text, count);
  }

  private static String checked(StringBuilder text, int count) {
    if (text.length() != count) {
      throw new AssertionError("%d characters, not %d: %s".formatted(text.length(), count, text));
    }
    return text.toString();
  }

  /** Zeros up to a whole byte, then pad bytes in turn, then zeros if half a byte is left. */
  private void expectPadding() {
    expect(0, Math.min(left(), -at & 7));
    for (int pad = 0xec; left() >= 8; pad ^= 0xec ^ 0x11) {
      expect(pad, 8);
    }
    expect(0, left());
  }

  private void expect(int value, int count) {
    int from = at;
    int found = take(count);
    if (found != value) {
      throw new AssertionError(
          "bits %d to %d are %x, not %x".formatted(from, at - 1, found, value));
    }
  }

  private int left() {
    return capacity - at;
  }

  private int peek(int count) {
    int from = at;
    int value = take(count);
    at = from;
    return value;
  }

  private int take(int count) {
    if (count > left()) {
      throw new AssertionError("%d bits wanted at %d of %d".formatted(count, at, capacity));
    }
    int value = 0;
    for (int i = 0; i < count; i++, at++) {
      value = value << 1 | (bytes[at / 8] >>> (7 - at % 8) & 1);
    }
    return value;
  }
}
