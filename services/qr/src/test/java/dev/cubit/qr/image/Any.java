package dev.cubit.qr.image;

import dev.cubit.qr.symbol.Level;
import dev.cubit.qr.symbol.Symbol;
import dev.cubit.qr.symbol.SymbolEncoder;
import dev.cubit.qr.symbol.SymbolException;
import dev.cubit.qr.symbol.SymbolOptions;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Symbols and styles at random. */
final class Any {
  /** Modules on a side of all symbols: M1 to M4, then versions 1 to 40. */
  static final int[] SIZES =
      IntStream.concat(
              IntStream.rangeClosed(1, 4).map(version -> 9 + 2 * version),
              IntStream.rangeClosed(1, 40).map(version -> 17 + 4 * version))
          .toArray();

  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:abcdefghijklmnopqrstuvwxyz?&=_~#";

  private final Random random;
  private final SymbolEncoder encoder = new SymbolEncoder();

  Any(Random random) {
    this.random = random;
  }

  int number(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** Modules that are dark at random, as densely as chance has it; at times all or none. */
  Symbol symbol(int size) {
    int darkness = random.nextInt(-20, 120);
    int words = (size + 63) / 64;
    var rows = new long[size * words];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        if (random.nextInt(100) < darkness) {
          rows[row * words + column / 64] |= 1L << column;
        }
      }
    }
    return new Symbol(size, Level.M, 0, rows);
  }

  /** What the encoder makes of a text of any level, in the smallest version that holds it. */
  Symbol encoded() {
    var level = List.of(Level.values()).get(random.nextInt(4));
    int longest =
        switch (level) {
          case L -> 2_900;
          case M -> 2_300;
          case Q -> 1_650;
          case H -> 1_250;
        };
    int letters = random.nextBoolean() ? 10 : random.nextBoolean() ? 45 : LETTERS.length();
    // Short ones are as many as long ones.
    int length = (int) Math.exp(random.nextDouble() * Math.log(longest));
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(letters)));
    }
    return encoder.encode(text.toString(), SymbolOptions.DEFAULT.withLevel(level));
  }

  /** A symbol of a version at level M, full of letters. */
  Symbol encoded(int version) {
    var options = SymbolOptions.DEFAULT.withVersion(version);
    int length = 2_331;
    while (true) {
      try {
        return encoder.encode(letters(length), options);
      } catch (SymbolException e) {
        length -= 1 + length / 50;
      }
    }
  }

  private byte[] letters(int length) {
    var letters = new byte[length];
    for (int i = 0; i < length; i++) {
      letters[i] = (byte) number('!', '~');
    }
    return letters;
  }

  Rgba colour() {
    int alpha = random.nextInt(3) == 0 ? 255 : random.nextInt(256);
    return new Rgba(random.nextInt(256), random.nextInt(256), random.nextInt(256), alpha);
  }

  Rgba opaque() {
    return new Rgba(random.nextInt(256), random.nextInt(256), random.nextInt(256), 255);
  }

  /**
   * A picture that a symbol fits into: at times without a frame, or with modules of many pixels.
   */
  Style style(int size, int most) {
    int quietZone = random.nextInt(3) == 0 ? 0 : random.nextInt(12);
    int least = size + 2 * quietZone;
    int side = number(least, Math.max(least, most));
    side -= quietZone == 0 ? side % least : 0;
    int other = random.nextInt(3) == 0 ? number(least, Math.max(least, most)) : side;
    return random.nextBoolean()
        ? new Style(side, other, quietZone, Rgba.BLACK, Rgba.WHITE)
        : new Style(side, other, quietZone, colour(), colour());
  }
}
