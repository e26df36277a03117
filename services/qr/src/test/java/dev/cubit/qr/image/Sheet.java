package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;

/**
 * Paper of one colour on which a test paints what a vector file tells it, pixel by pixel. A shape
 * is gathered first: where a pixel is taken twice it is a hole, which no file has by accident.
 */
final class Sheet {
  private final int width;
  private final int height;
  private final double[][] parts;
  private BitSet shape = new BitSet();
  private boolean hasHoles;

  Sheet(int width, int height, Rgba paper) {
    this.width = width;
    this.height = height;
    parts = new double[width * height][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = parts(paper);
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Adds a rectangle to the shape; its corners are whole pixels, from the top left. */
  void rectangle(double x, double y, double wide, double high) {
    int left = whole(Math.min(x, x + wide));
    int top = whole(Math.min(y, y + high));
    assertThat(left).as("left").isNotNegative();
    assertThat(top).as("top").isNotNegative();
    assertThat(left + whole(Math.abs(wide))).as("right").isLessThanOrEqualTo(width);
    assertThat(top + whole(Math.abs(high))).as("bottom").isLessThanOrEqualTo(height);
    for (int row = top; row < top + whole(Math.abs(high)); row++) {
      int from = row * width + left;
      int end = from + whole(Math.abs(wide));
      hasHoles |= shape.get(from, end).cardinality() > 0;
      shape.flip(from, end);
    }
  }

  /** Paints the shape; all parts are 0 to 1. */
  void fill(double red, double green, double blue, double alpha, boolean isEvenOdd) {
    assertThat(isEvenOdd || !hasHoles).as("holes only by the even-odd rule").isTrue();
    hasHoles = false;
    var colour = new double[] {red, green, blue};
    for (int at = shape.nextSetBit(0); at >= 0; at = shape.nextSetBit(at + 1)) {
      for (int i = 0; i < 3; i++) {
        parts[at][i] = alpha * colour[i] + (1 - alpha) * parts[at][i];
      }
    }
    shape = new BitSet();
  }

  /** Fails unless it looks as the picture does on the same paper. */
  void assertLooksLike(Drawing drawing, Rgba paper) {
    assertThat(width).isEqualTo(drawing.style().width());
    assertThat(height).isEqualTo(drawing.style().height());
    for (int at = 0; at < parts.length; at++) {
      int x = at % width;
      int y = at / width;
      var colour = drawing.colour(x, y);
      double alpha = colour.alpha() / 255.0;
      for (int i = 0; i < 3; i++) {
        double expected = alpha * parts(colour)[i] + (1 - alpha) * parts(paper)[i];
        // Half a step of 255, and what four decimals lose.
        if (Math.abs(parts[at][i] - expected) > 0.0025) {
          throw new AssertionError(
              "pixel %d, %d has part %d %.4f, not %.4f: size %d, %s"
                  .formatted(
                      x, y, i, parts[at][i], expected, drawing.symbol().size(), drawing.style()));
        }
      }
    }
  }

  private static double[] parts(Rgba colour) {
    return new double[] {colour.red() / 255.0, colour.green() / 255.0, colour.blue() / 255.0};
  }

  private static int whole(double number) {
    assertThat(number).as("a whole number of pixels").isEqualTo(Math.rint(number));
    return (int) number;
  }
}
