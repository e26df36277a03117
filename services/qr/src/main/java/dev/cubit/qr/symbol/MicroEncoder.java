package dev.cubit.qr.symbol;

import dev.cubit.qr.symbol.SymbolException.Fault;
import java.util.Optional;

/**
 * Micro QR codes, M1 to M4: one finder, one block, four masks. Small and rare, so the plain way is
 * taken. Owned by one thread.
 */
final class MicroEncoder {
  /** A version at a level. */
  private enum Kind {
    M1(0, 1, Level.L, 20, 2),
    M2_L(1, 2, Level.L, 40, 5),
    M2_M(2, 2, Level.M, 32, 6),
    M3_L(3, 3, Level.L, 84, 6),
    M3_M(4, 3, Level.M, 68, 8),
    M4_L(5, 4, Level.L, 128, 8),
    M4_M(6, 4, Level.M, 112, 10),
    M4_Q(7, 4, Level.Q, 80, 14);

    /** By which the format information names it. */
    final int number;

    final int version;
    final Level level;

    /** Room for data, a multiple of 4. */
    final int dataBits;

    /** Codewords of error correction. */
    final int correction;

    Kind(int number, int version, Level level, int dataBits, int correction) {
      this.number = number;
      this.version = version;
      this.level = level;
      this.dataBits = dataBits;
      this.correction = correction;
    }

    int size() {
      return 9 + 2 * version;
    }

    int terminatorBits() {
      return 1 + 2 * version;
    }
  }

  private static final int MOST_CODEWORDS = 24;

  private final Codewords data = new Codewords(MOST_CODEWORDS);

  Symbol encode(Text text, Segmenter segmenter, SymbolOptions options) {
    for (var kind : Kind.values()) {
      if (isWanted(kind, options)) {
        int bits =
            segmenter.plan(
                text.characters(),
                text.length(),
                Headers.ofMicro(kind.version),
                text.isLatin(),
                kind.dataBits);
        if (bits >= 0) {
          data.clear();
          for (int i = 0; i < segmenter.count(); i++) {
            int from = segmenter.start(i);
            int to = i + 1 < segmenter.count() ? segmenter.start(i + 1) : text.length();
            var mode = segmenter.mode(i);
            open(mode, mode == Mode.BYTE ? text.bytes(from, to) : to - from, kind.version);
            data.putText(mode, text, from, to);
          }
          return finish(kind, options);
        }
      }
    }
    throw tooLong(options);
  }

  Symbol encode(byte[] bytes, SymbolOptions options) {
    for (var kind : Kind.values()) {
      int header = Headers.ofMicro(kind.version).of(Mode.BYTE);
      if (isWanted(kind, options) && header + 8 * bytes.length <= kind.dataBits) {
        data.clear();
        open(Mode.BYTE, bytes.length, kind.version);
        data.putBytes(bytes);
        return finish(kind, options);
      }
    }
    throw tooLong(options);
  }

  private static boolean isWanted(Kind kind, SymbolOptions options) {
    boolean rightLevel =
        options.boost()
            ? kind.level.compareTo(options.level()) >= 0
            : kind.level == options.level();
    return rightLevel && options.version().orElse(kind.version) == kind.version;
  }

  private static SymbolException tooLong(SymbolOptions options) {
    if (options.version().isEmpty()) {
      return new SymbolException(
          Fault.TEXT,
          "the text is too long for a Micro QR code, which holds at most 35 digits, 21 capitals and"
              + " digits, or 15 bytes, and less at levels above L");
    }
    int version = options.version().getAsInt();
    for (var kind : Kind.values()) {
      if (isWanted(kind, options)) {
        return new SymbolException(
            Fault.TEXT,
            "the text does not fit into a Micro QR code of version %d at level %s"
                .formatted(version, options.level()));
      }
    }
    return new SymbolException(
        Fault.LEVEL,
        "a Micro QR code of version %d has no level %s".formatted(version, options.level()));
  }

  /** The indicator has a bit for each version above M1, and the rest of the header is the count. */
  private void open(Mode mode, int count, int version) {
    data.put(mode.index, version - 1);
    data.put(count, Headers.ofMicro(version).of(mode) - (version - 1));
  }

  private Symbol finish(Kind fitting, SymbolOptions options) {
    var kind = options.boost() ? boosted(fitting) : fitting;
    data.finish(kind.terminatorBits(), kind.dataBits);
    var modules = new boolean[kind.size()][kind.size()];
    fill(kind, modules);
    int mask = options.mask().orElseGet(() -> best(kind, modules));
    return symbol(kind, mask, modules);
  }

  private Kind boosted(Kind fitting) {
    var best = Optional.of(fitting);
    for (var kind : Kind.values()) {
      if (kind.version == fitting.version
          && kind.level.compareTo(best.get().level) > 0
          && kind.dataBits >= data.length()) {
        best = Optional.of(kind);
      }
    }
    return best.get();
  }

  /**
   * Two columns at a time from the right, up and down in turn; the first row and column are timing.
   */
  private void fill(Kind kind, boolean[][] modules) {
    var correction =
        Field.remainder(data.bytes(), (kind.dataBits + 7) / 8, Field.generator(kind.correction));
    int size = kind.size();
    int bit = 0;
    boolean up = true;
    for (int right = size - 1; right > 0; right -= 2) {
      for (int i = 0; i < size; i++) {
        int row = up ? size - 1 - i : i;
        for (int column = right; column > right - 2; column--) {
          if (isFree(column, row)) {
            modules[row][column] = bit(kind, correction, bit++);
          }
        }
      }
      up = !up;
    }
  }

  private boolean bit(Kind kind, int[] correction, int index) {
    int word;
    int within;
    if (index < kind.dataBits) {
      word = data.bytes()[index / 8];
      within = index % 8;
    } else {
      word = correction[(index - kind.dataBits) / 8];
      within = (index - kind.dataBits) % 8;
    }
    return (word >>> (7 - within) & 1) != 0;
  }

  private static boolean isFree(int column, int row) {
    return column > 0 && row > 0 && (column > 8 || row > 8);
  }

  /** The most dark modules along the right and the lower edge are best (7.8.3.2). */
  private static int best(Kind kind, boolean[][] modules) {
    int last = kind.size() - 1;
    int best = 0;
    int most = -1;
    for (int mask = 0; mask < 4; mask++) {
      int right = 0;
      int below = 0;
      for (int i = 1; i <= last; i++) {
        right += modules[i][last] ^ inverts(mask, last, i) ? 1 : 0;
        below += modules[last][i] ^ inverts(mask, i, last) ? 1 : 0;
      }
      int score = 16 * Math.min(right, below) + Math.max(right, below);
      if (score > most) {
        most = score;
        best = mask;
      }
    }
    return best;
  }

  /** Its masks are four of the eight. */
  private static boolean inverts(int mask, int column, int row) {
    return Mask.inverts(
        switch (mask) {
          case 0 -> 1;
          case 1 -> 4;
          case 2 -> 6;
          default -> 7;
        },
        column,
        row);
  }

  private static Symbol symbol(Kind kind, int mask, boolean[][] modules) {
    int size = kind.size();
    int format = FormatInformation.micro(kind.number, mask);
    var rows = new long[size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        boolean isDark =
            isFree(column, row)
                ? modules[row][column] ^ inverts(mask, column, row)
                : isPatternDark(column, row, format);
        rows[row] |= (isDark ? 1L : 0) << column;
      }
    }
    return new Symbol(size, kind.level, mask, rows);
  }

  private static boolean isPatternDark(int column, int row, int format) {
    if ((column == 0 && row > 7) || (row == 0 && column > 7)) {
      return (column + row) % 2 == 0;
    }
    if (row == 8) {
      return (format >>> (15 - column) & 1) != 0;
    }
    if (column == 8) {
      return (format >>> (row - 1) & 1) != 0;
    }
    int distance = Math.max(Math.abs(column - 3), Math.abs(row - 3));
    return distance != 2 && distance != 4;
  }
}
