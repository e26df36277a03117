package dev.cubit.qr;

/** From modules to a picture. Used by one thread. */
@FunctionalInterface
interface Drawing {
  /** Returns a whole PNG file, {@link #PIXELS} wide and high. */
  byte[] draw(Symbol symbol);

  /** Width and height of every picture. */
  int PIXELS = 300;

  /** The light frame that ISO/IEC 18004 asks for around a symbol, in modules. */
  int QUIET_ZONE = 4;
}
