package dev.cubit.qr.symbol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.qr.symbol.SymbolException.Fault;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Structured append: several symbols, one text. */
final class PartsTest {
  private static final String FACE = "\ud83d\ude00";

  private final Random random = Seed.random(PartsTest.class);
  private final Texts texts = new Texts(random);
  private final SymbolEncoder encoder = new SymbolEncoder();

  @Test
  void a_reader_can_put_any_text_together_again() {
    for (int i = 0; i < 400; i++) {
      int parts = 2 + i % 15;
      var text = i % 2 == 0 ? texts.mixed(parts + random.nextInt(300)) : texts.ascii(parts + i);
      expectParts(
          text, SymbolOptions.DEFAULT.withLevel(List.of(Level.values()).get(i % 4)), parts, UTF_8);
    }
  }

  @Test
  void all_parts_of_a_text_with_eci_say_what_their_bytes_are() {
    for (int i = 0; i < 100; i++) {
      int parts = 2 + i % 15;
      var latin = texts.latin(parts + random.nextInt(100)) + 'é';
      expectParts(latin, SymbolOptions.DEFAULT.withEci(), parts, ISO_8859_1);
      // Wherever a cut falls, no part may be taken for ISO 8859-1 or be read by a guess.
      var foreign = texts.latin(parts + random.nextInt(100)) + '한';
      expectPartsOfForeignText(foreign, parts);
    }
  }

  @Test
  void more_than_one_symbol_holds_can_be_spread_over_sixteen() {
    expectParts(texts.digits(60_000), SymbolOptions.DEFAULT.withLevel(Level.L), 16, UTF_8);
    expectParts("a".repeat(40_000), SymbolOptions.DEFAULT.withLevel(Level.L), 16, UTF_8);
    expectParts(texts.foreign(9_000), SymbolOptions.DEFAULT.withLevel(Level.L), 16, UTF_8);
  }

  @Test
  void sixteen_symbols_can_be_filled_to_the_last_byte() {
    int most =
        (References.capacity(40, Level.L) - 20 - BitReading.header(Mode.BYTE, 40, false)) / 8;
    var options = SymbolOptions.DEFAULT.withLevel(Level.L).withMask(0);
    expectParts("a".repeat(16 * most), options, 16, UTF_8);
    refuse(Fault.TEXT, () -> encoder.encode("a".repeat(16 * most + 1), options, 16));
  }

  @Test
  void the_header_counts_when_the_version_is_chosen() {
    for (int version = 1; version < 40; version++) {
      int header = 20 + BitReading.header(Mode.BYTE, version, false);
      int most = (References.capacity(version, Level.M) - header) / 8;
      var options = SymbolOptions.DEFAULT.withMask(1);
      assertThat(encoder.encode("a".repeat(2 * most), options, 2))
          .allMatch(version(version), "of version " + version);
      assertThat(encoder.encode("a".repeat(2 * most + 1), options, 2))
          .allMatch(version(version + 1), "of version " + (version + 1));
    }
  }

  @Test
  void all_parts_have_the_same_version_though_some_need_less() {
    // The same number of bytes, but digits take less than half the bits.
    var symbols = encoder.encode("a".repeat(100) + "7".repeat(100), SymbolOptions.DEFAULT, 2);
    assertThat(symbols.stream().map(Symbol::version).distinct()).hasSize(1);
  }

  @Test
  void one_character_a_part_is_the_least_and_no_surrogate_pair_is_split() {
    for (int parts = 2; parts <= 16; parts++) {
      var faces = FACE.repeat(parts);
      var symbols = expectParts(faces, SymbolOptions.DEFAULT, parts, UTF_8);
      for (var symbol : symbols) {
        assertThat(Reading.of(symbol, UTF_8).text()).isEqualTo(FACE);
      }
      int tooMany = parts + 1;
      refuse(Fault.PARTS, () -> encoder.encode(faces, SymbolOptions.DEFAULT, tooMany));
    }
  }

  @Test
  void every_part_has_characters_wherever_the_long_ones_are() {
    for (int parts = 2; parts <= 16; parts++) {
      expectParts("a".repeat(parts) + FACE.repeat(30), SymbolOptions.DEFAULT, parts, UTF_8);
      expectParts(FACE.repeat(30) + "a".repeat(parts), SymbolOptions.DEFAULT, parts, UTF_8);
      expectParts("a" + FACE.repeat(parts), SymbolOptions.DEFAULT, parts, UTF_8);
      expectParts(FACE.repeat(parts - 1) + "a", SymbolOptions.DEFAULT, parts, UTF_8);
    }
  }

  @Test
  void one_part_is_an_ordinary_symbol() {
    var one = encoder.encode("hello", SymbolOptions.DEFAULT, 1);
    assertThat(one).hasSize(1);
    assertThat(
            Modules.of(one.getFirst())
                .difference(Modules.of(encoder.encode("hello", SymbolOptions.DEFAULT))))
        .isEmpty();
  }

  @Test
  void version_mask_level_and_boost_hold_for_every_part() {
    var options = SymbolOptions.DEFAULT.withVersion(7).withMask(5).withLevel(Level.Q);
    for (var symbol : expectParts(texts.ascii(100), options, 3, UTF_8)) {
      assertThat(symbol.version()).isEqualTo(7);
      assertThat(symbol.mask()).isEqualTo(5);
      assertThat(symbol.level()).isEqualTo(Level.Q);
    }
    for (var symbol : expectParts("abcd", options.withBoost(), 4, UTF_8)) {
      assertThat(symbol.level()).isEqualTo(Level.H);
    }
    refuse(Fault.TEXT, () -> encoder.encode("a".repeat(1000), options, 3));
  }

  @Test
  void numbers_of_parts_that_cannot_be_are_refused() {
    for (int parts : new int[] {Integer.MIN_VALUE, -1, 0, 17, Integer.MAX_VALUE}) {
      refuse(Fault.PARTS, () -> encoder.encode("a".repeat(100), SymbolOptions.DEFAULT, parts));
    }
    refuse(Fault.PARTS, () -> encoder.encode("abc", SymbolOptions.DEFAULT, 4));
    refuse(Fault.PARTS, () -> encoder.encode("12345", SymbolOptions.DEFAULT.asMicro(), 2));
  }

  @Test
  void half_of_a_surrogate_pair_is_refused_in_any_part() {
    for (int at = 0; at < 20; at++) {
      for (var half : List.of("\ud83d", "\ude00")) {
        var text = "a".repeat(at) + half + "a".repeat(20 - at);
        refuse(Fault.TEXT, () -> encoder.encode(text, SymbolOptions.DEFAULT, 3));
      }
    }
  }

  private List<Symbol> expectParts(String text, SymbolOptions options, int parts, Charset charset) {
    int parity = 0;
    for (byte b : text.getBytes(charset)) {
      parity ^= b & 0xff;
    }
    var symbols = encoder.encode(text, options, parts);
    assertThat(symbols).hasSize(parts);
    assertThat(symbols.stream().map(Symbol::version).distinct()).as("versions").hasSize(1);
    var joined = new StringBuilder();
    for (int index = 0; index < parts; index++) {
      var reading = Reading.of(symbols.get(index), charset);
      assertThat(reading.pieces().getFirst()).isEqualTo(new Piece.Append(index, parts - 1, parity));
      assertThat(reading.result().hasStructuredAppend()).isTrue();
      assertThat(reading.result().getStructuredAppendSequenceNumber())
          .isEqualTo(index << 4 | parts - 1);
      assertThat(reading.result().getStructuredAppendParity()).isEqualTo(parity);
      assertThat(reading.text()).as("part %d", index).isNotEmpty();
      joined.append(reading.text());
    }
    assertThat(joined.toString()).isEqualTo(text);
    return symbols;
  }

  private void expectPartsOfForeignText(String text, int parts) {
    var joined = new StringBuilder();
    for (var symbol : encoder.encode(text, SymbolOptions.DEFAULT.withEci(), parts)) {
      // A reader that takes bytes for ISO 8859-1 when nothing is announced, as the standard says.
      var reading = Reading.of(symbol, ISO_8859_1);
      joined.append(reading.text());
    }
    assertThat(joined.toString()).isEqualTo(text);
  }

  private static java.util.function.Predicate<Symbol> version(int version) {
    return symbol -> symbol.version() == version;
  }

  private static void refuse(Fault fault, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(SymbolException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }
}
