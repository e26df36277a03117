package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormatsTest {
  private final Any any = new Any(Seed.random(FormatsTest.class));
  private final Locale before = Locale.getDefault();
  private final ImageWriter writer = new ImageWriter();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @EnumSource
  void a_file_is_the_same_in_a_country_with_other_digits(Format format) {
    var symbol = any.symbol(21);
    var style = new Style(300, 300, 4, new Rgba(1, 2, 3, 128), new Rgba(250, 251, 252, 77));
    Locale.setDefault(Locale.US);
    var here = writer.write(symbol, style, format);

    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

    assertThat(writer.write(symbol, style, format)).isEqualTo(here);
  }

  @Test
  void what_is_wrong_is_said_in_the_same_digits_everywhere() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    var style = new Style(20, 20, 4, Rgba.BLACK, Rgba.WHITE);

    assertThatThrownBy(() -> writer.write(any.symbol(21), style, Format.PNG))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("29 x 29");
  }

  @ParameterizedTest
  @EnumSource
  void the_same_picture_is_the_same_file(Format format) {
    var symbol = any.symbol(45);
    var style = any.style(45, 500);

    assertThat(new ImageWriter().write(symbol, style, format))
        .isEqualTo(writer.write(symbol, style, format));
  }
}
