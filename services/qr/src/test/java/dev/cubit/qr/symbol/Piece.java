package dev.cubit.qr.symbol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A segment as it was found in the bits of a symbol. */
sealed interface Piece {
  /** The length in the bits, header and all. */
  int bits();

  /**
   * Characters in a mode.
   *
   * @param characters in byte mode those of ISO 8859-1 that have the bytes' numbers
   */
  record Data(Mode mode, String characters, int bits) implements Piece {
    byte[] bytes() {
      return characters.getBytes(ISO_8859_1);
    }

    /** As it was meant, if bytes are of that character set. */
    String text(Charset charset) {
      return mode == Mode.BYTE ? new String(bytes(), charset) : characters;
    }
  }

  /** Announces a character set. */
  record Eci(int number) implements Piece {
    @Override
    public int bits() {
      return 12;
    }

    Charset charset() {
      if (number != 26) {
        throw new AssertionError("no character set is known here for ECI " + number);
      }
      return StandardCharsets.UTF_8;
    }
  }

  /** Says which part of how many this is. */
  record Append(int index, int last, int parity) implements Piece {
    @Override
    public int bits() {
      return 20;
    }
  }
}
