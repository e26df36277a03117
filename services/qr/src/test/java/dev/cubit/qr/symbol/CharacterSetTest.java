package dev.cubit.qr.symbol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrSegment;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What bytes mean, with and without ECI. */
final class CharacterSetTest {
  private static final SymbolOptions OPTIONS = SymbolOptions.DEFAULT.withMask(3);

  private final Random random = Seed.random(CharacterSetTest.class);
  private final Texts texts = new Texts(random);
  private final SymbolEncoder encoder = new SymbolEncoder();

  @Test
  void without_eci_bytes_are_utf_8_and_nothing_says_so() {
    for (var text : List.of("abc", "grüße", "שלום", "한국", "a\ud83d\ude00b")) {
      var symbol = encoder.encode(text, OPTIONS);
      expectNayuki(symbol, List.of(QrSegment.makeBytes(text.getBytes(UTF_8))));
    }
  }

  @Test
  void with_eci_ascii_needs_no_announcement() {
    for (int i = 0; i < 200; i++) {
      var text = texts.ascii(1 + random.nextInt(60));
      var announced = encoder.encode(text, OPTIONS.withEci());
      assertThat(Modules.of(announced).difference(Modules.of(encoder.encode(text, OPTIONS))))
          .as("the same as without ECI")
          .isEmpty();
    }
  }

  @Test
  void with_eci_a_text_of_iso_8859_1_is_its_bytes_without_an_announcement() {
    expectNayuki(
        encoder.encode("grüße", OPTIONS.withEci()),
        List.of(QrSegment.makeBytes("grüße".getBytes(ISO_8859_1))));
    for (int i = 0; i < 300; i++) {
      var text = texts.latin(1 + random.nextInt(60)) + 'ÿ';
      var reading = read(text, OPTIONS.withEci(), ISO_8859_1);
      assertThat(reading.pieces()).allMatch(Piece.Data.class::isInstance);
      assertThat(reading.text()).isEqualTo(text);
    }
  }

  @Test
  void with_eci_the_controls_between_128_and_159_are_bytes_of_iso_8859_1_too() {
    for (char c = 128; c < 256; c++) {
      var text = "a" + c;
      expectNayuki(
          encoder.encode(text, OPTIONS.withEci()),
          List.of(QrSegment.makeBytes(text.getBytes(ISO_8859_1))));
    }
  }

  @Test
  void with_eci_all_other_text_is_announced_as_utf_8() {
    for (var text : List.of("aāb", "שלום", "한국 é", "\ud83d\ude00", "€")) {
      expectNayuki(
          encoder.encode(text, OPTIONS.withEci()),
          List.of(QrSegment.makeEci(26), QrSegment.makeBytes(text.getBytes(UTF_8))));
    }
    for (int i = 0; i < 500; i++) {
      var text = "한" + texts.mixed(1 + random.nextInt(60));
      // ZXing believes an announcement more than what it was told before.
      var symbol = encoder.encode(text, OPTIONS.withEci());
      var reading = Reading.of(symbol, ISO_8859_1);
      assertThat(reading.text()).isEqualTo(text);
      assertThat(reading.pieces().getFirst()).isEqualTo(new Piece.Eci(26));
      assertThat(reading.pieces().stream().filter(Piece.Eci.class::isInstance)).hasSize(1);
      expectNayuki(symbol, reading.forNayuki());
    }
  }

  @Test
  void the_announcement_counts_when_the_version_is_chosen() {
    for (int version = 1; version < 40; version++) {
      int most = References.capacity(version, Level.M) - 12;
      int length =
          References.mostCharacters(Mode.BYTE, most - BitReading.header(Mode.BYTE, version, false));
      // One Hebrew letter is two bytes.
      var full = "ש" + "a".repeat(length - 2);
      assertThat(encoder.encode(full, OPTIONS.withEci()).version()).isEqualTo(version);
      assertThat(encoder.encode(full + "a", OPTIONS.withEci()).version()).isEqualTo(version + 1);
      assertThat(encoder.encode(full, OPTIONS.withEci().withVersion(version)).version())
          .isEqualTo(version);
    }
  }

  @Test
  void bytes_are_written_as_they_are_whatever_the_options_say() {
    for (int i = 0; i < 100; i++) {
      var bytes = texts.bytes(1 + random.nextInt(200));
      for (var options : List.of(OPTIONS, OPTIONS.withEci())) {
        expectNayuki(encoder.encode(bytes, options), List.of(QrSegment.makeBytes(bytes)));
      }
    }
  }

  private Reading read(String text, SymbolOptions options, Charset charset) {
    return Reading.of(encoder.encode(text, options), charset);
  }

  private static void expectNayuki(Symbol symbol, List<QrSegment> segments) {
    var theirs = References.nayuki(segments, symbol.version(), symbol.level(), symbol.mask());
    assertThat(Modules.of(symbol).difference(theirs)).as("difference to Nayuki's").isEmpty();
  }
}
