package dev.cubit.qr.symbol;

import java.util.BitSet;

/** The function patterns of a version, module by module (ISO/IEC 18004, 6.3 and 7.10). */
final class Patterns {
  private static final int VERSION_GENERATOR = 0x1f25;

  private final int version;
  private final int size;
  private final BitSet dark = new BitSet();
  private final BitSet taken = new BitSet();

  Patterns(int version) {
    this.version = version;
    size = Capacity.size(version);
    timing();
    finder(3, 3);
    finder(size - 4, 3);
    finder(3, size - 4);
    alignments();
    format();
    versionInformation();
  }

  boolean isDark(int column, int row) {
    return dark.get(row * size + column);
  }

  /** Whether a module is for data. */
  boolean isFree(int column, int row) {
    return !taken.get(row * size + column);
  }

  private void set(int column, int row, boolean isDark) {
    if (column >= 0 && column < size && row >= 0 && row < size) {
      dark.set(row * size + column, isDark);
      taken.set(row * size + column);
    }
  }

  private void timing() {
    for (int i = 0; i < size; i++) {
      set(6, i, i % 2 == 0);
      set(i, 6, i % 2 == 0);
    }
  }

  /** With its separator. */
  private void finder(int column, int row) {
    rings(column, row, 4, 0b01011);
  }

  /**
   * Squares around a module.
   *
   * @param rings a bit for each distance from the module, the lowest for its own, 1 is dark
   */
  private void rings(int column, int row, int radius, int rings) {
    for (int dy = -radius; dy <= radius; dy++) {
      for (int dx = -radius; dx <= radius; dx++) {
        int distance = Math.max(Math.abs(dx), Math.abs(dy));
        set(column + dx, row + dy, (rings >>> distance & 1) != 0);
      }
    }
  }

  private void alignments() {
    var centres = alignmentCentres();
    int last = centres.length - 1;
    for (int i = 0; i <= last; i++) {
      for (int j = 0; j <= last; j++) {
        boolean atFinder = (i == 0 && j == 0) || (i == 0 && j == last) || (i == last && j == 0);
        if (!atFinder) {
          rings(centres[i], centres[j], 2, 0b101);
        }
      }
    }
  }

  /** Annex E: evenly spaced from the far end, by an even distance. */
  private int[] alignmentCentres() {
    int count = Capacity.alignments(version);
    var centres = new int[count];
    if (count > 0) {
      int step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
      centres[0] = 6;
      for (int i = count - 1; i > 0; i--) {
        centres[i] = size - 7 - (count - 1 - i) * step;
      }
    }
    return centres;
  }

  /** Its modules are light here: which are dark depends on the level and the mask. */
  private void format() {
    for (int i = 0; i < 9; i++) {
      if (i != 6) {
        set(8, i, false);
        set(i, 8, false);
      }
    }
    for (int i = 1; i <= 8; i++) {
      set(size - i, 8, false);
      set(8, size - i, false);
    }
    set(8, size - 8, true);
  }

  private void versionInformation() {
    if (version >= 7) {
      int bits = FormatInformation.protect(version, 12, VERSION_GENERATOR);
      for (int i = 0; i < 18; i++) {
        boolean isDark = (bits >>> i & 1) != 0;
        set(size - 11 + i % 3, i / 3, isDark);
        set(i / 3, size - 11 + i % 3, isDark);
      }
    }
  }
}
