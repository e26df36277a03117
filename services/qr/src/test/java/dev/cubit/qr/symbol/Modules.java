package dev.cubit.qr.symbol;

import com.google.zxing.qrcode.encoder.ByteMatrix;
import io.nayuki.qrcodegen.QrCode;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.BiPredicate;
import uk.org.okapibarcode.backend.MicroQrCode;

/** The modules of a symbol, whoever made it, to be compared one by one. */
final class Modules {
  private final boolean[][] rows;

  private Modules(int size, BiPredicate<Integer, Integer> isDark) {
    rows = new boolean[size][size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        rows[row][column] = isDark.test(column, row);
      }
    }
  }

  static Modules of(Symbol symbol) {
    return new Modules(symbol.size(), symbol::isDark);
  }

  static Modules of(QrCode code) {
    return new Modules(code.size, code::getModule);
  }

  static Modules of(ByteMatrix matrix) {
    return new Modules(matrix.getWidth(), (column, row) -> matrix.get(column, row) == 1);
  }

  /** Okapi draws runs of dark modules as rectangles one module high. */
  static Modules of(MicroQrCode code) {
    var rectangles = code.getRectangles();
    return new Modules(
        code.getWidth(),
        (column, row) ->
            rectangles.stream()
                .anyMatch(
                    r ->
                        r.y <= row
                            && row < r.y + r.height
                            && r.x <= column
                            && column < r.x + r.width));
  }

  /** By row from the top left, a 1 for dark, behind a 1 that is no module. */
  static Modules of(int size, BigInteger bits) {
    return new Modules(size, (column, row) -> bits.testBit(size * size - 1 - row * size - column));
  }

  /** A drawing of lines, in which {@code #} is dark. */
  static Modules of(String... lines) {
    return new Modules(lines.length, (column, row) -> lines[row].charAt(column) == '#');
  }

  int size() {
    return rows.length;
  }

  boolean isDark(int column, int row) {
    return rows[row][column];
  }

  boolean isInside(int column, int row) {
    return column >= 0 && row >= 0 && column < size() && row < size();
  }

  /** For readers that take an array: by row, then by column. */
  boolean[][] rows() {
    var copy = new boolean[size()][];
    for (int row = 0; row < size(); row++) {
      copy[row] = rows[row].clone();
    }
    return copy;
  }

  /** Where the first module is that is another one here and there. */
  Optional<String> difference(Modules other) {
    if (size() != other.size()) {
      return Optional.of("%d modules on a side, not %d".formatted(size(), other.size()));
    }
    int unlike = 0;
    String first = "";
    for (int row = 0; row < size(); row++) {
      for (int column = 0; column < size(); column++) {
        if (isDark(column, row) != other.isDark(column, row) && unlike++ == 0) {
          first = "column %d, row %d".formatted(column, row);
        }
      }
    }
    return unlike == 0
        ? Optional.empty()
        : Optional.of("%d modules differ, the first at %s".formatted(unlike, first));
  }
}
