package dev.cubit.qr;

import static dev.cubit.qr.Running.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.qr.image.Format;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What options do to a picture. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OptionsTest {
  /** For each option a value that changes the picture, or its head. */
  private static final Map<Option, String> VALUES =
      Map.ofEntries(
          Map.entry(Option.SIZE, "177"),
          Map.entry(Option.SCALE, "3"),
          Map.entry(Option.MARGIN, "9"),
          Map.entry(Option.QUIET_ZONE, "9"),
          Map.entry(Option.LEVEL, "H"),
          Map.entry(Option.VERSION, "9"),
          Map.entry(Option.MASK, "5"),
          Map.entry(Option.DARK, "0000ff"),
          Map.entry(Option.LIGHT, "ffff00"),
          Map.entry(Option.FORMAT, "svg"),
          Map.entry(Option.DOWNLOAD, "code"));

  private final Running qr = new Running();

  @AfterAll
  void stop() {
    qr.close();
  }

  static Stream<Arguments> names() {
    return Arrays.stream(Option.values())
        .flatMap(option -> option.names().stream().map(name -> Arguments.of(option, name)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void all_names_of_an_option_do_the_same(Option option, String name) throws Exception {
    var value = VALUES.get(option);
    if (option == Option.DATA) {
      assertThat(Pictures.text(qr.get("/?" + name + "=ciao").body())).isEqualTo("ciao");
    } else if (value != null) {
      var plain = qr.get("/?data=x");
      var ours = qr.get("/?data=x&" + option.names().getFirst() + "=" + value);
      var alias = qr.get("/?data=x&" + name + "=" + value);

      assertThat(alias.statusCode()).as(Running.text(alias)).isEqualTo(200);
      assertThat(alias.body()).isEqualTo(ours.body());
      assertThat(header(alias, "content-disposition"))
          .isEqualTo(header(ours, "content-disposition"));
      assertThat(Arrays.equals(alias.body(), plain.body()))
          .as("as if nothing was asked")
          .isEqualTo(option == Option.DOWNLOAD);
    } else {
      var neutral = option.name().contains("CHARSET") ? "utf-8" : "1";
      var answer = qr.get("/?data=7&parts=1&" + name + "=" + neutral);
      // The encoder may have no Micro QR code for the text; what counts is that the name is known.
      assertThat(Running.text(answer)).doesNotContain("there is no option");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "size=200, 200, 200",
    "size=200x120, 200, 120",
    "width=77, 77, 77",
    "size=300&width=300, 300, 300",
    "scale=2, 58, 58",
    "scale=1&margin=0, 21, 21",
    "scale=5&qzone=2, 125, 125",
    "size=2000x100, 2000, 100",
  })
  void a_picture_has_exactly_the_size_that_is_asked_for(String options, int width, int height)
      throws Exception {
    var image = Pictures.image(qr.get("/?data=7&" + options).body());

    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(height);
    assertThat(Pictures.text(qr.get("/?data=7&" + options).body())).isEqualTo("7");
  }

  @ParameterizedTest
  @CsvSource({
    // 21 modules and twice the quiet zone; as large as fits.
    "size=290, 40",
    "size=290&margin=0, 8",
    "size=290&margin=4, 40",
    "size=290&qzone=10, 71",
    "size=290&margin=10&qzone=10, 71",
    // In pixels, as goqr.me has it.
    "size=290x290&margin=10, 19",
    "size=290x290&margin=0, 8",
    "size=290x290&margin=10&qzone=2, 40",
    "size=290x290, 40",
  })
  void a_margin_is_in_modules_unless_the_size_is_a_box(String options, int light) throws Exception {
    assertThat(frame(Pictures.image(qr.get("/?data=7&" + options).body()))).isEqualTo(light);
  }

  @ParameterizedTest
  @CsvSource({
    "ff0000, ffff0000",
    "FF000080, 80ff0000",
    "%23f00, ffff0000",
    "f008, 88ff0000",
    "255-0-0, ffff0000",
    "Navy, ff000080",
    "transparent, 00ffffff",
  })
  void colours_are_read_as_people_write_them(String written, String argb) throws Exception {
    var dark = Pictures.image(qr.get("/?data=7&light=fedcba&dark=" + written).body());
    var light = Pictures.image(qr.get("/?data=7&dark=123456&light=" + written).body());
    int left = frame(dark);

    assertThat(Integer.toHexString(dark.getRGB(0, 0))).isEqualTo("fffedcba");
    assertThat(dark.getRGB(left, left)).isEqualTo(Integer.parseUnsignedInt(argb, 16));
    assertThat(light.getRGB(0, 0)).isEqualTo(Integer.parseUnsignedInt(argb, 16));
  }

  @ParameterizedTest
  @CsvSource({"L, low", "m, MEDIUM", "Q, quartile", "h, High"})
  void levels_have_long_names(String letter, String name) throws Exception {
    assertThat(qr.get("/?data=a&level=" + letter).body())
        .isEqualTo(qr.get("/?data=a&level=" + name).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "PNG", "image/png", "svg", "txt", "text", "utf8", "pdf", "eps"})
  void formats_have_several_names(String format) throws Exception {
    var response = qr.get("/?data=a&format=" + format);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Arrays.stream(Format.values()).map(Format::mediaType))
        .contains(header(response, "content-type"));
  }

  @Test
  void the_same_option_twice_with_one_value_is_fine() throws Exception {
    assertThat(qr.get("/?data=a&data=a&level=H&ecc=high&color=red&dark=f00").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "download, attachment; filename=\"qr.png\"",
    "download=true, attachment; filename=\"qr.png\"",
    "download=my%20code, attachment; filename=\"my code.png\"",
    "download=code.PNG, attachment; filename=\"code.PNG\"",
    "download=code&format=svg, attachment; filename=\"code.svg\"",
    "download=%C3%BC, attachment; filename=\"_.png\"; filename*=UTF-8''%C3%BC.png",
    "download=false, ''",
  })
  void a_download_has_a_name(String options, String disposition) throws Exception {
    var response = qr.get("/?data=a&" + options);

    assertThat(header(response, "content-disposition")).isEqualTo(disposition);
  }

  private static int frame(BufferedImage image) {
    int light = 0;
    while (image.getRGB(light, light) == image.getRGB(0, 0)) {
      light++;
    }
    return light;
  }
}
