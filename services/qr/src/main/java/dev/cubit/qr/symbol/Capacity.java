package dev.cubit.qr.symbol;

import java.util.Arrays;

/** How many codewords a version has, and how a level divides them (ISO/IEC 18004, tables 1, 9). */
final class Capacity {
  static final int MOST_CODEWORDS = 3706;
  static final int VERSIONS = 40;

  /** By level, then by version from 1: error correction codewords a block. */
  private static final int[][] CORRECTION = {
    {
      7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30,
      26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30
    },
    {
      10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28,
      28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28
    },
    {
      13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30,
      30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30
    },
    {
      17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30,
      30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30
    }
  };

  /** By level, then by version from 1: blocks. */
  private static final int[][] BLOCKS = {
    {
      1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14,
      15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25
    },
    {
      1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25,
      26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49
    },
    {
      1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34,
      34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68
    },
    {
      1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37,
      40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81
    }
  };

  /** By level, then by data codewords: the smallest version that has as many. */
  private static final byte[][] SMALLEST = smallest();

  private Capacity() {}

  /** Modules on a side. */
  static int size(int version) {
    return 17 + 4 * version;
  }

  /** How many alignment patterns stand in a row, 0 to 7. */
  static int alignments(int version) {
    return version == 1 ? 0 : version / 7 + 2;
  }

  /** All codewords: the modules that belong to no pattern, in whole bytes. */
  static int codewords(int version) {
    int size = size(version);
    int modules = size * size - 3 * 64 - 2 * 15 - 1 - 2 * (size - 16);
    int alignments = alignments(version);
    if (alignments > 0) {
      // Three corners have finders instead; two rows of patterns share modules with the timing.
      modules -= 25 * (alignments * alignments - 3) - 10 * (alignments - 2);
    }
    return (version < 7 ? modules : modules - 2 * 18) / 8;
  }

  static int correction(int version, Level level) {
    return CORRECTION[level.index][version - 1];
  }

  static int blocks(int version, Level level) {
    return BLOCKS[level.index][version - 1];
  }

  static int dataCodewords(int version, Level level) {
    return codewords(version) - correction(version, level) * blocks(version, level);
  }

  /** The smallest version with that many data codewords; 41 if there is none. */
  static int smallestVersion(int dataCodewords, Level level) {
    var versions = SMALLEST[level.index];
    return dataCodewords < versions.length ? versions[dataCodewords] : VERSIONS + 1;
  }

  private static byte[][] smallest() {
    var smallest = new byte[Level.values().length][];
    for (var level : Level.values()) {
      var versions = new byte[dataCodewords(VERSIONS, level) + 1];
      for (int version = VERSIONS; version > 0; version--) {
        Arrays.fill(versions, 0, dataCodewords(version, level) + 1, (byte) version);
      }
      smallest[level.index] = versions;
    }
    return smallest;
  }
}
