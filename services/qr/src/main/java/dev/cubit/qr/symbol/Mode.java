package dev.cubit.qr.symbol;

/** How characters become bits (ISO/IEC 18004, 7.3). */
enum Mode {
  NUMERIC(0, 1),
  ALPHANUMERIC(1, 2),
  BYTE(2, 4),
  KANJI(3, 8);

  /** {@link #values} makes a new array for every caller. */
  private static final Mode[] ALL = values();

  /** Its place in tables, and its indicator in Micro QR codes. */
  final int index;

  /** Four bits that open a segment. */
  final int indicator;

  Mode(int index, int indicator) {
    this.index = index;
    this.indicator = indicator;
  }

  static Mode of(int index) {
    return ALL[index];
  }
}
