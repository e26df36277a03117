package dev.cubit.qr;

/**
 * The size of a picture in pixels.
 *
 * @param isBox whether it was written as goqr.me does, {@code 300x300}; then a margin is in pixels,
 *     as there
 */
record Size(int width, int height, boolean isBox) {
  /** The longest side. */
  static final int MOST = 10_000;
}
