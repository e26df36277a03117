package dev.cubit.qr.symbol;

import java.nio.charset.Charset;
import java.util.List;

/**
 * Reads a Micro QR code by the book (ISO/IEC 18004:2015, 6.3, 7.4 to 7.9), with nothing of the
 * encoder's: patterns, format information, masks, places, error correction, segments. It is strict
 * where a scanner would be lenient: one wrong module is a failure.
 */
final class MicroReading {
  /** By symbol number (table 13): version, data bits, all codewords' bits. */
  private static final int[][] KINDS = {
    {1, 20, 36},
    {2, 40, 80},
    {2, 32, 80},
    {3, 84, 132},
    {3, 68, 132},
    {4, 128, 192},
    {4, 112, 192},
    {4, 80, 192}
  };

  private static final String[] LEVELS = {"L", "L", "M", "L", "M", "L", "M", "Q"};

  private final Modules modules;
  private final int number;
  private final int mask;
  private final List<Piece> pieces;
  private final int lastHalfByte;

  private MicroReading(Modules modules) {
    this.modules = modules;
    expectPatterns();
    int format = format();
    number = format >> 12;
    mask = format >> 10 & 3;
    if (modules.size() != 9 + 2 * version()) {
      throw new AssertionError("%d modules, but M%d".formatted(modules.size(), version()));
    }
    var bits = stream();
    expectCorrection(bits);
    int dataBits = KINDS[number][1];
    var data = bytes(bits, 0, dataBits);
    pieces = BitReading.micro(data, dataBits, version());
    lastHalfByte = dataBits % 8 == 0 ? 0 : (data[data.length - 1] & 0xff) >> 4;
  }

  static MicroReading of(Symbol symbol) {
    return of(Modules.of(symbol));
  }

  static MicroReading of(Modules modules) {
    return new MicroReading(modules);
  }

  int version() {
    return KINDS[number][0];
  }

  String level() {
    return LEVELS[number];
  }

  int mask() {
    return mask;
  }

  /** The last data codeword of M1 and M3, 0 for the others. */
  int lastHalfByte() {
    return lastHalfByte;
  }

  List<Piece> pieces() {
    return pieces;
  }

  int bits() {
    return pieces.stream().mapToInt(Piece::bits).sum();
  }

  String text(Charset charset) {
    var text = new StringBuilder();
    for (var piece : pieces) {
      if (piece instanceof Piece.Data data) {
        text.append(data.text(charset));
      }
    }
    return text.toString();
  }

  /** The finder with its separator, and the timing patterns along the upper and the left edge. */
  private void expectPatterns() {
    for (int row = 0; row < 8; row++) {
      for (int column = 0; column < 8; column++) {
        int ring = Math.max(Math.abs(column - 3), Math.abs(row - 3));
        expect(column, row, ring != 2 && ring != 4);
      }
    }
    for (int i = 8; i < modules.size(); i++) {
      expect(i, 0, i % 2 == 0);
      expect(0, i, i % 2 == 0);
    }
  }

  private void expect(int column, int row, boolean dark) {
    if (modules.isDark(column, row) != dark) {
      throw new AssertionError("column %d, row %d is wrong".formatted(column, row));
    }
  }

  /** From the left below the finder to the corner, then up: the highest bit first. */
  private int format() {
    int bits = 0;
    for (int column = 1; column <= 8; column++) {
      bits = bits << 1 | (modules.isDark(column, 8) ? 1 : 0);
    }
    for (int row = 7; row >= 1; row--) {
      bits = bits << 1 | (modules.isDark(8, row) ? 1 : 0);
    }
    int unmasked = bits ^ 0b100010001000101;
    int remainder = unmasked;
    for (int i = 14; i >= 10; i--) {
      if ((remainder >> i & 1) != 0) {
        remainder ^= 0b10100110111 << (i - 10);
      }
    }
    if (remainder != 0) {
      throw new AssertionError("format information %x is no code word".formatted(bits));
    }
    return unmasked;
  }

  private boolean[] stream() {
    var bits = new boolean[KINDS[number][2]];
    int at = 0;
    boolean upwards = true;
    for (int right = modules.size() - 1; right >= 1; right -= 2) {
      for (int step = 0; step < modules.size(); step++) {
        int row = upwards ? modules.size() - 1 - step : step;
        for (int column : new int[] {right, right - 1}) {
          boolean isPattern = row == 0 || column == 0 || (row <= 8 && column <= 8);
          if (!isPattern) {
            bits[at++] = modules.isDark(column, row) ^ isInverted(column, row);
          }
        }
      }
      upwards = !upwards;
    }
    if (at != bits.length) {
      throw new AssertionError("%d modules for %d bits".formatted(at, bits.length));
    }
    return bits;
  }

  /** Table 10, right column. */
  private boolean isInverted(int j, int i) {
    return switch (mask) {
      case 0 -> i % 2 == 0;
      case 1 -> (i / 2 + j / 3) % 2 == 0;
      case 2 -> (i * j % 2 + i * j % 3) % 2 == 0;
      default -> ((i + j) % 2 + i * j % 3) % 2 == 0;
    };
  }

  /**
   * The polynomial of all codewords is zero at the first powers of 2. A codeword of 4 bits is the
   * upper half of one of 8.
   */
  private void expectCorrection(boolean[] bits) {
    int dataBits = KINDS[number][1];
    var data = bytes(bits, 0, dataBits);
    var correction = bytes(bits, dataBits, bits.length);
    int root = 1;
    for (int power = 0; power < correction.length; power++) {
      int value = 0;
      for (byte b : data) {
        value = times(value, root) ^ (b & 0xff);
      }
      for (byte b : correction) {
        value = times(value, root) ^ (b & 0xff);
      }
      if (value != 0) {
        throw new AssertionError("syndrome " + power + " is " + value);
      }
      root = times(root, 2);
    }
  }

  private static int times(int a, int b) {
    int product = 0;
    for (int i = 7; i >= 0; i--) {
      product = product << 1 ^ (product >> 7) * 0x11d;
      product ^= (b >> i & 1) * a;
    }
    return product;
  }

  private static byte[] bytes(boolean[] bits, int from, int to) {
    var bytes = new byte[(to - from + 7) / 8];
    for (int i = from; i < to; i++) {
      if (bits[i]) {
        bytes[(i - from) / 8] |= (byte) (0x80 >> (i - from) % 8);
      }
    }
    return bytes;
  }
}
