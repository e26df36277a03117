package dev.cubit.qr.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.qr.symbol.Symbol;
import org.junit.jupiter.api.Test;

class TextTest {
  private final Any any = new Any(Seed.random(TextTest.class));

  @Test
  void half_blocks_are_the_modules_and_their_frame_light_where_drawn() {
    for (int size : Any.SIZES) {
      for (int quietZone : new int[] {0, 1, 2, 4, any.number(5, 20)}) {
        check(any.symbol(size), quietZone);
      }
    }
  }

  @Test
  void the_largest_frame_is_drawn() {
    check(any.symbol(177), Style.MOST_QUIET_ZONE);
  }

  /** All sides are odd, so the last line has nothing in its lower half, which stays dark. */
  private void check(Symbol symbol, int quietZone) {
    var style = new Style(1, 1, quietZone, any.colour(), any.colour());
    var text = new String(new ImageWriter().write(symbol, style, Format.TEXT), UTF_8);
    int side = symbol.size() + 2 * quietZone;
    assertThat(text).endsWith("\n");
    var lines = text.lines().toList();
    assertThat(lines).hasSize((side + 1) / 2);
    for (int y = 0; y < 2 * lines.size(); y++) {
      assertThat(lines.get(y / 2)).hasSize(side);
      for (int x = 0; x < side; x++) {
        int column = x - quietZone;
        int row = y - quietZone;
        boolean isInside = column >= 0 && row >= 0 && column < symbol.size() && row < symbol.size();
        boolean expected = y < side && !(isInside && symbol.isDark(column, row));
        boolean isDrawn = isDrawn(lines.get(y / 2).charAt(x), y % 2 == 0);
        if (isDrawn != expected) {
          throw new AssertionError(
              "size %d, frame %d: column %d, row %d".formatted(symbol.size(), quietZone, x, y));
        }
      }
    }
  }

  private static boolean isDrawn(char block, boolean isUpper) {
    return switch (block) {
      case '█' -> true;
      case '▀' -> isUpper;
      case '▄' -> !isUpper;
      case ' ' -> false;
      default -> throw new AssertionError("no block: " + block);
    };
  }
}
