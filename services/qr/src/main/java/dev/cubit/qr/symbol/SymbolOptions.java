package dev.cubit.qr.symbol;

import dev.cubit.qr.symbol.SymbolException.Fault;
import java.util.OptionalInt;

/**
 * What is asked of a symbol besides its text.
 *
 * @param level the least error correction
 * @param boost whether a higher level is taken where it fits into the same version
 * @param micro whether a Micro QR code is wanted, M1 to M4. Level H is not among them, Q only in
 *     M4, and M1, which corrects nothing, is taken for level L only
 * @param version 1 to 40, for a Micro QR code 1 to 4; empty for the smallest that holds the text
 * @param mask 0 to 7, for a Micro QR code 0 to 3; empty for the one that scores best (ISO/IEC
 *     18004, 7.8.3)
 * @param eci whether bytes follow the standard to the letter: text of ISO 8859-1 in that character
 *     set, which is what bytes mean without more words, and all other text as UTF-8 that is
 *     announced (ECI 26), without kanji mode, as readers differ in what that means then. Without it
 *     bytes are UTF-8 without a word; that is what most generators write and most readers guess,
 *     and some readers show an announcement as text
 */
public record SymbolOptions(
    Level level, boolean boost, boolean micro, OptionalInt version, OptionalInt mask, boolean eci) {

  /** Level M in the smallest version. */
  public static final SymbolOptions DEFAULT =
      new SymbolOptions(Level.M, false, false, OptionalInt.empty(), OptionalInt.empty(), false);

  /**
   * Refuses what cannot be.
   *
   * @throws SymbolException if a number is out of its range or two options exclude each other
   */
  public SymbolOptions {
    int versions = micro ? 4 : 40;
    int masks = micro ? 4 : 8;
    if (version.isPresent() && (version.getAsInt() < 1 || version.getAsInt() > versions)) {
      throw new SymbolException(
          Fault.VERSION, "the version must be a whole number from 1 to " + versions);
    }
    if (mask.isPresent() && (mask.getAsInt() < 0 || mask.getAsInt() >= masks)) {
      throw new SymbolException(
          Fault.MASK, "the mask must be a whole number from 0 to " + (masks - 1));
    }
    if (micro && level == Level.H) {
      throw new SymbolException(Fault.LEVEL, "a Micro QR code has the levels L, M and Q, not H");
    }
    if (micro && eci) {
      throw new SymbolException(
          Fault.ECI, "a Micro QR code cannot announce a character set; leave the ECI away");
    }
  }

  /** The same with another level. */
  public SymbolOptions withLevel(Level other) {
    return new SymbolOptions(other, boost, micro, version, mask, eci);
  }

  /** The same with another version. */
  public SymbolOptions withVersion(int other) {
    return new SymbolOptions(level, boost, micro, OptionalInt.of(other), mask, eci);
  }

  /** The same with another mask. */
  public SymbolOptions withMask(int other) {
    return new SymbolOptions(level, boost, micro, version, OptionalInt.of(other), eci);
  }

  /** The same with a higher level where that is free. */
  public SymbolOptions withBoost() {
    return new SymbolOptions(level, true, micro, version, mask, eci);
  }

  /** The same as a Micro QR code. */
  public SymbolOptions asMicro() {
    return new SymbolOptions(level, boost, true, version, mask, eci);
  }

  /** The same with bytes to the letter of the standard. */
  public SymbolOptions withEci() {
    return new SymbolOptions(level, boost, micro, version, mask, true);
  }
}
