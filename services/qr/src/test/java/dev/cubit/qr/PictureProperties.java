package dev.cubit.qr;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What goes in comes out, through the whole of encoding and drawing. */
final class PictureProperties {
  private final Encoder encoder = new ZxingEncoder();
  private final Drawing drawing = new PngDrawing();

  @Property(tries = 1500)
  void any_text_can_be_read_back(@ForAll("texts") String text) {
    assertThat(Pictures.text(drawing.draw(encoder.encode(text)))).isEqualTo(text);
  }

  @Property(tries = 500)
  void any_ascii_text_can_be_read_back(@ForAll("asciiTexts") String text) {
    assertThat(Pictures.text(drawing.draw(encoder.encode(text)))).isEqualTo(text);
  }

  @Property(tries = 200)
  void modules_are_squares_in_the_middle_of_a_light_frame(@ForAll("texts") String text) {
    var symbol = encoder.encode(text);
    var image = Pictures.image(drawing.draw(symbol));

    int scale = 300 / (symbol.size() + 8);
    int margin = (300 - scale * symbol.size()) / 2;
    assertThat(margin).as("pixels of the frame").isGreaterThanOrEqualTo(4 * scale);
    for (int y = 0; y < 300; y++) {
      for (int x = 0; x < 300; x++) {
        int column = Math.floorDiv(x - margin, scale);
        int row = Math.floorDiv(y - margin, scale);
        boolean inside = column >= 0 && row >= 0 && column < symbol.size() && row < symbol.size();
        boolean dark = inside && symbol.isDark(column, row);
        if ((image.getRGB(x, y) & 0xff) != (dark ? 0 : 255)) {
          throw new AssertionError("pixel %d,%d should be dark: %s".formatted(x, y, dark));
        }
      }
    }
  }

  @Test
  void the_longest_texts_of_each_kind_can_be_read_back() {
    for (var text : new String[] {"7".repeat(5596), "A".repeat(3391), "ü".repeat(1165)}) {
      assertThat(Pictures.text(drawing.draw(encoder.encode(text)))).isEqualTo(text);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .list()
        .ofMinSize(1)
        .ofMaxSize(300)
        .map(
            points ->
                points.stream()
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
  }

  @Provide
  Arbitrary<String> asciiTexts() {
    return Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(1500);
  }
}
