package dev.cubit.qr.symbol;

/**
 * What opening a segment costs in bits, by mode: its indicator and its character count.
 *
 * <p>A mode that a version lacks costs {@link #NEVER}.
 */
record Headers(int numeric, int alphanumeric, int bytes, int kanji) {
  /** More than any symbol holds, and small enough to be added up. */
  static final int NEVER = 1 << 20;

  /** The versions that share the widths of counts: 1 to 9, 10 to 26, 27 to 40. */
  static final int GROUPS = 3;

  private static final int INDICATOR_BITS = 4;

  private static final Headers[] OF_GROUP = {
    model2(10, 9, 8, 8), model2(12, 11, 16, 10), model2(14, 13, 16, 12)
  };

  private static final Headers[] OF_MICRO = {
    new Headers(3, NEVER, NEVER, NEVER),
    new Headers(1 + 4, 1 + 3, NEVER, NEVER),
    new Headers(2 + 5, 2 + 4, 2 + 4, 2 + 3),
    new Headers(3 + 6, 3 + 5, 3 + 5, 3 + 4)
  };

  private static Headers model2(int numeric, int alphanumeric, int bytes, int kanji) {
    return new Headers(
        INDICATOR_BITS + numeric,
        INDICATOR_BITS + alphanumeric,
        INDICATOR_BITS + bytes,
        INDICATOR_BITS + kanji);
  }

  /** Bits of the character count of a mode (table 3). */
  static int countBits(Mode mode, int version) {
    return OF_GROUP[group(version)].of(mode) - INDICATOR_BITS;
  }

  int of(Mode mode) {
    return switch (mode) {
      case NUMERIC -> numeric;
      case ALPHANUMERIC -> alphanumeric;
      case BYTE -> bytes;
      case KANJI -> kanji;
    };
  }

  static int firstVersion(int group) {
    return group == 0 ? 1 : group == 1 ? 10 : 27;
  }

  static int lastVersion(int group) {
    return group == 0 ? 9 : group == 1 ? 26 : Capacity.VERSIONS;
  }

  static int group(int version) {
    return version < 10 ? 0 : version < 27 ? 1 : 2;
  }

  /** The same but for kanji: readers differ in what that means behind an announced ECI. */
  Headers withoutKanji() {
    return new Headers(numeric, alphanumeric, bytes, NEVER);
  }

  static Headers ofGroup(int group) {
    return OF_GROUP[group];
  }

  static Headers ofMicro(int version) {
    return OF_MICRO[version - 1];
  }
}
