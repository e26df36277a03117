package dev.cubit.qr.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.qr.symbol.Symbol;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class PdfTest {
  private static final Rgba PAPER = new Rgba(30, 170, 220, 255);

  private final Any any = new Any(Seed.random(PdfTest.class));
  private final ImageWriter writer = new ImageWriter();

  @Test
  void symbols_of_all_sizes_look_as_their_png_does() {
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
  void a_dark_that_is_not_opaque_lets_the_paper_through_and_not_the_light() {
    for (int alpha : new int[] {0, 1, 128, 254}) {
      var dark = new Rgba(10, 20, 30, alpha);
      for (int size : new int[] {11, 25, 177}) {
        check(any.symbol(size), new Style(203, 199, 1, dark, Rgba.WHITE));
        check(any.symbol(size), new Style(203, 230, 1, dark, any.colour()));
      }
    }
  }

  @Test
  void the_largest_page_is_written_exactly() {
    var style = new Style(Style.MOST_PIXELS, Style.MOST_PIXELS, 4, Rgba.BLACK, Rgba.WHITE);

    var file = text(any.symbol(177), style);

    assertThat(objects(file).get(3)).contains("/MediaBox [0 0 10000 10000]");
    assertThat(new Content(file).run()).contains("re");
  }

  private void check(Symbol symbol, Style style) {
    var file = text(symbol, style);
    var sheet = new Sheet(style.width(), style.height(), PAPER);
    var page = Objects.requireNonNull(objects(file).get(3), "object 3");
    assertThat(page).contains("/MediaBox [0 0 %d %d]".formatted(style.width(), style.height()));
    new Painter(sheet, alphas(page)).paint(new Content(file).run());
    sheet.assertLooksLike(new Drawing(symbol, style), PAPER);
  }

  private String text(Symbol symbol, Style style) {
    return new String(writer.write(symbol, style, Format.PDF), ISO_8859_1);
  }

  /** The objects by number, found by the table at the end, which must be right to the byte. */
  private static Map<Integer, String> objects(String file) {
    assertThat(file).startsWith("%PDF-1.4\n").endsWith("%%EOF\n");
    var start = Pattern.compile("startxref\n(\\d+)\n%%EOF\n$").matcher(file);
    assertThat(start.find()).as("startxref").isTrue();
    var lines = file.substring(Integer.parseInt(start.group(1))).lines().toList();
    assertThat(lines.getFirst()).isEqualTo("xref");
    int count = Integer.parseInt(lines.get(1).split(" ", -1)[1]);
    assertThat(lines.get(1)).startsWith("0 ");
    assertThat(lines.get(2)).isEqualTo("0000000000 65535 f ");
    var objects = new HashMap<Integer, String>();
    for (int number = 1; number < count; number++) {
      // Twenty bytes with the line's end, as the standard wants it.
      assertThat(lines.get(2 + number)).matches("\\d{10} 00000 n ");
      int offset = Integer.parseInt(lines.get(2 + number).substring(0, 10));
      assertThat(file.substring(offset)).startsWith(number + " 0 obj\n");
      int end = file.indexOf("\nendobj\n", offset);
      objects.put(number, file.substring(offset, end));
    }
    assertThat(lines.get(2 + count)).isEqualTo("trailer");
    assertThat(lines.get(3 + count)).contains("/Size " + count).contains("/Root 1 0 R");
    assertThat(objects.get(1)).contains("/Type /Catalog").contains("/Pages 2 0 R");
    assertThat(objects.get(2)).contains("/Type /Pages").contains("/Kids [3 0 R] /Count 1");
    assertThat(objects.get(3)).contains("/Type /Page ").contains("/Contents 4 0 R");
    return objects;
  }

  /** By the name of a graphics state its alpha. */
  private static Map<String, Double> alphas(String page) {
    var alphas = new HashMap<String, Double>();
    var states = Pattern.compile("/ExtGState << (.*?>>) >>").matcher(page);
    assertThat(states.find()).as("ExtGState").isTrue();
    var state = Pattern.compile("/(\\w+) << /ca (\\S+) >>").matcher(states.group(1));
    while (state.find()) {
      alphas.put(state.group(1), Double.valueOf(state.group(2)));
    }
    return alphas;
  }

  /** The stream of the page. */
  private record Content(String file) {
    String run() {
      var head =
          Pattern.compile("4 0 obj\n<< /Length (\\d+) /Filter /FlateDecode >>\nstream\n")
              .matcher(file);
      assertThat(head.find()).as("the stream").isTrue();
      int length = Integer.parseInt(head.group(1));
      assertThat(file.substring(head.end() + length)).startsWith("\nendstream\nendobj\n");
      var stream = file.substring(head.end(), head.end() + length).getBytes(ISO_8859_1);
      try (var inflater = new Inflater()) {
        inflater.setInput(stream);
        var bytes = new byte[4_000_000];
        int count = inflater.inflate(bytes);
        assertThat(inflater.finished()).as("the stream's end is reached").isTrue();
        assertThat(inflater.getRemaining()).as("bytes behind the stream").isZero();
        return new String(bytes, 0, count, US_ASCII);
      } catch (DataFormatException e) {
        throw new AssertionError("the stream is damaged: " + e.getMessage(), e);
      }
    }
  }

  /** As much of PDF's operators as is needed. */
  private static final class Painter {
    private final Sheet sheet;
    private final Map<String, Double> alphas;
    private final Deque<String> operands = new ArrayDeque<>();
    private double[] matrix = {1, 0, 0, 1, 0, 0};
    private double[] colour = {0, 0, 0};
    private double alpha = 1;

    Painter(Sheet sheet, Map<String, Double> alphas) {
      this.sheet = sheet;
      this.alphas = alphas;
    }

    void paint(String content) {
      for (var word : content.trim().split("\\s+", -1)) {
        if (word.matches("-?[0-9.]+|/\\w+")) {
          operands.add(word);
        } else {
          operate(word);
          assertThat(operands).as("operands behind " + word).isEmpty();
        }
      }
    }

    private void operate(String operator) {
      switch (operator) {
        case "gs" -> alpha = alphas.getOrDefault(operands.remove().substring(1), -1.0);
        case "rg" -> colour = new double[] {number(), number(), number()};
        case "cm" -> {
          assertThat(matrix).as("only one cm is known here").containsExactly(1, 0, 0, 1, 0, 0);
          matrix = new double[] {number(), number(), number(), number(), number(), number()};
        }
        case "re" -> {
          double x = matrix[0] * number() + matrix[4];
          double y = matrix[3] * number() + matrix[5];
          double wide = matrix[0] * number();
          double high = matrix[3] * number();
          // Up is up in PDF.
          sheet.rectangle(x, sheet.height() - y, wide, -high);
        }
        case "f", "f*" -> {
          assertThat(alpha).as("a graphics state that there is").isNotNegative();
          sheet.fill(colour[0], colour[1], colour[2], alpha, operator.equals("f*"));
        }
        default -> throw new AssertionError("an operator of its own: " + operator);
      }
    }

    private double number() {
      return Double.parseDouble(operands.remove());
    }
  }
}
