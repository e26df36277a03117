package dev.cubit.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.qr.image.Rgba;
import dev.cubit.server.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ColorsTest {
  @ParameterizedTest
  @CsvSource({
    "000, 0, 0, 0, 255",
    "1af, 17, 170, 255, 255",
    "#1af8, 17, 170, 255, 136",
    "0102aB, 1, 2, 171, 255",
    "#0102ab7f, 1, 2, 171, 127",
    "1-20-255, 1, 20, 255, 255",
    "AQUA, 0, 255, 255, 255",
    "olive, 128, 128, 0, 255",
    "transparent, 255, 255, 255, 0",
  })
  void a_colour_is_read(String text, int red, int green, int blue, int alpha) {
    assertThat(Colors.read("dark", text)).isEqualTo(new Rgba(red, green, blue, alpha));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#",
        "f",
        "ff",
        "fffff",
        "fffffff",
        "fffffffff",
        "ggg",
        "##fff",
        "1-2",
        "1-2-3-4",
        "256-0-0",
        "-1-2-3",
        "1--2",
        "rgb(1,2,3)",
        "salmon",
        "٣٣٣",
        "0x123"
      })
  void anything_else_is_refused_by_name(String text) {
    assertThatThrownBy(() -> Colors.read("bgcolor", text))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("'bgcolor' is '" + text + "'");
  }
}
