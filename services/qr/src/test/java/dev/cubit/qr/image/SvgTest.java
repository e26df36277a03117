package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.qr.symbol.Symbol;
import java.io.ByteArrayInputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class SvgTest {
  private static final Rgba PAPER = new Rgba(90, 200, 40, 255);
  private static final Pattern TRANSFORM =
      Pattern.compile("translate\\((\\d+) (\\d+)\\) scale\\((\\d+)\\)");
  private static final Pattern STEP = Pattern.compile("([MhvzZ])(-?\\d+)?(?: (\\d+))?");

  private final Any any = new Any(Seed.random(SvgTest.class));
  private final ImageWriter writer = new ImageWriter();

  @Test
  void symbols_of_all_sizes_look_as_their_png_does() throws Exception {
    for (int size : Any.SIZES) {
      for (int i = 0; i < 3; i++) {
        var style = any.style(size, 2 * size + 40);
        check(
            any.symbol(size),
            new Style(
                style.width(), style.height(), style.quietZone(), any.opaque(), any.colour()));
      }
    }
  }

  @Test
  void a_dark_that_is_not_opaque_lets_the_paper_through_and_not_the_light() throws Exception {
    for (int alpha : new int[] {0, 1, 128, 254}) {
      var dark = new Rgba(10, 20, 30, alpha);
      for (int size : new int[] {11, 25, 177}) {
        check(any.symbol(size), new Style(203, 199, 1, dark, Rgba.WHITE));
        check(any.symbol(size), new Style(203, 230, 1, dark, any.colour()));
      }
    }
  }

  @Test
  void its_size_is_that_of_the_picture_and_its_edges_are_crisp() throws Exception {
    var root = parse(any.symbol(21), new Style(320, 240, 4, Rgba.BLACK, Rgba.WHITE));

    assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
    assertThat(root.getAttribute("width")).isEqualTo("320");
    assertThat(root.getAttribute("height")).isEqualTo("240");
    assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 320 240");
    assertThat(root.getAttribute("shape-rendering")).isEqualTo("crispEdges");
  }

  private void check(Symbol symbol, Style style) throws Exception {
    var root = parse(symbol, style);
    var sheet =
        new Sheet(
            Integer.parseInt(root.getAttribute("width")),
            Integer.parseInt(root.getAttribute("height")),
            PAPER);
    var shapes = root.getChildNodes();
    for (int i = 0; i < shapes.getLength(); i++) {
      if (shapes.item(i) instanceof Element shape) {
        draw(shape, sheet);
      }
    }
    sheet.assertLooksLike(new Drawing(symbol, style), PAPER);
  }

  private static void draw(Element shape, Sheet sheet) {
    switch (shape.getTagName()) {
      case "rect" -> sheet.rectangle(0, 0, number(shape, "width"), number(shape, "height"));
      case "path" -> path(shape, sheet);
      default -> throw new AssertionError("an element of its own: " + shape.getTagName());
    }
    int colour = Integer.parseInt(shape.getAttribute("fill").substring(1), 16);
    double alpha = shape.hasAttribute("fill-opacity") ? number(shape, "fill-opacity") : 1;
    boolean isEvenOdd = shape.getAttribute("fill-rule").equals("evenodd");
    sheet.fill(
        (colour >> 16) / 255.0,
        (colour >> 8 & 255) / 255.0,
        (colour & 255) / 255.0,
        alpha,
        isEvenOdd);
  }

  /** A path of rectangles: each begins with M, goes right, down and back left, and is closed. */
  private static void path(Element shape, Sheet sheet) {
    var numbers = new int[] {0, 0, 1};
    if (shape.hasAttribute("transform")) {
      var transform = TRANSFORM.matcher(shape.getAttribute("transform"));
      assertThat(transform.matches()).as(shape.getAttribute("transform")).isTrue();
      for (int i = 0; i < 3; i++) {
        numbers[i] = Integer.parseInt(transform.group(i + 1));
      }
    }
    int scale = numbers[2];
    var steps = STEP.matcher(shape.getAttribute("d"));
    int end = 0;
    while (end < shape.getAttribute("d").length()) {
      int x = step(steps, "M");
      int y = Integer.parseInt(steps.group(3));
      int wide = step(steps, "h");
      int high = step(steps, "v");
      assertThat(step(steps, "h")).as("back").isEqualTo(-wide);
      assertThat(steps.find() && steps.group(1).equals("z")).as("closed").isTrue();
      sheet.rectangle(numbers[0] + scale * x, numbers[1] + scale * y, scale * wide, scale * high);
      end = steps.end();
    }
  }

  private static int step(Matcher steps, String letter) {
    assertThat(steps.find()).as("a step " + letter).isTrue();
    assertThat(steps.group(1)).isEqualTo(letter);
    return Integer.parseInt(steps.group(2));
  }

  private static double number(Element element, String name) {
    return Double.parseDouble(element.getAttribute(name));
  }

  private Element parse(Symbol symbol, Style style) throws Exception {
    var factory = DocumentBuilderFactory.newDefaultNSInstance();
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(writer.write(symbol, style, Format.SVG)))
        .getDocumentElement();
  }
}
