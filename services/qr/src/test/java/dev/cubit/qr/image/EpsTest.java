package dev.cubit.qr.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.qr.symbol.Symbol;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class EpsTest {
  private final Any any = new Any(Seed.random(EpsTest.class));
  private final ImageWriter writer = new ImageWriter();

  @Test
  void symbols_of_all_sizes_look_as_their_png_does_on_white() {
    for (int size : Any.SIZES) {
      for (int i = 0; i < 3; i++) {
        check(any.symbol(size), any.style(size, 2 * size + 40));
      }
    }
  }

  @Test
  void alpha_is_seen_as_on_white_paper() {
    for (int alpha : new int[] {0, 1, 128, 254}) {
      check(any.symbol(25), new Style(203, 199, 1, new Rgba(10, 20, 30, alpha), any.colour()));
    }
  }

  @Test
  void its_head_says_what_it_is_and_how_large() {
    var lines = text(any.symbol(21), new Style(320, 240, 4, Rgba.BLACK, Rgba.WHITE)).lines();

    assertThat(lines)
        .startsWith("%!PS-Adobe-3.0 EPSF-3.0", "%%BoundingBox: 0 0 320 240")
        .contains("%%EndComments", "gsave", "grestore")
        .endsWith("showpage", "%%EOF");
  }

  private String text(Symbol symbol, Style style) {
    return new String(writer.write(symbol, style, Format.EPS), US_ASCII);
  }

  private void check(Symbol symbol, Style style) {
    var file = text(symbol, style);
    assertThat(file)
        .contains("\n%%BoundingBox: 0 0 " + style.width() + " " + style.height() + "\n");
    var sheet = new Sheet(style.width(), style.height(), Rgba.WHITE);
    new Interpreter(sheet).run(file);
    sheet.assertLooksLike(new Drawing(symbol, style), Rgba.WHITE);
  }

  /** As much of PostScript as is needed. */
  private static final class Interpreter {
    private static final String RUN = "/r { 1 rectfill } bind def";

    private final Sheet sheet;
    private final Deque<Double> stack = new ArrayDeque<>();
    private double[] colour = {0, 0, 0};
    private double left;
    private double bottom;
    private double across = 1;
    private double up = 1;

    Interpreter(Sheet sheet) {
      this.sheet = sheet;
    }

    void run(String file) {
      assertThat(file).contains("\n" + RUN + "\n");
      file.lines()
          .filter(line -> !line.startsWith("%") && !line.equals(RUN))
          .flatMap(line -> Arrays.stream(line.split(" ", -1)))
          .forEach(this::word);
      assertThat(stack).as("left on the stack").isEmpty();
    }

    private void word(String word) {
      if (word.matches("-?[0-9.]+")) {
        stack.push(Double.valueOf(word));
        return;
      }
      switch (word) {
        case "setrgbcolor" -> {
          double blue = stack.pop();
          double green = stack.pop();
          colour = new double[] {stack.pop(), green, blue};
        }
        case "translate" -> {
          bottom += up * stack.pop();
          left += across * stack.pop();
        }
        case "scale" -> {
          up *= stack.pop();
          across *= stack.pop();
        }
        case "rectfill" -> rectfill();
        case "r" -> {
          stack.push(1.0);
          rectfill();
        }
        case "gsave", "grestore", "showpage" -> {}
        default -> throw new AssertionError("a word of its own: " + word);
      }
    }

    private void rectfill() {
      double high = up * stack.pop();
      double wide = across * stack.pop();
      double y = bottom + up * stack.pop();
      double x = left + across * stack.pop();
      // Up is up in PostScript.
      sheet.rectangle(x, sheet.height() - y, wide, -high);
      sheet.fill(colour[0], colour[1], colour[2], 1, false);
    }
  }
}
