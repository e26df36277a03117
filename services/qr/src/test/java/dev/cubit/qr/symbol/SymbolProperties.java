package dev.cubit.qr.symbol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.qr.symbol.SymbolException.Fault;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every text and whatever is asked for. */
final class SymbolProperties {
  /** It has encoded everything that came before in all properties. */
  private static final SymbolEncoder USED = new SymbolEncoder();

  private static final String FACE = "\ud83d\ude00";

  @Property(tries = 3_000)
  void any_text_can_be_read_back(@ForAll("texts") String text, @ForAll Level level) {
    var symbol = USED.encode(text, SymbolOptions.DEFAULT.withLevel(level));
    assertThat(Reading.of(symbol, UTF_8).text()).isEqualTo(text);
  }

  @Property(tries = 1_500)
  void any_text_can_be_read_back_by_the_letter_of_the_standard(@ForAll("texts") String text) {
    var symbol = USED.encode(text, SymbolOptions.DEFAULT.withEci());
    assertThat(Reading.of(symbol, ISO_8859_1).text()).isEqualTo(text);
  }

  @Property(tries = 500)
  void any_bytes_can_be_read_back(@ForAll("bytes") byte[] bytes) {
    var reading = Reading.of(USED.encode(bytes, SymbolOptions.DEFAULT), ISO_8859_1);
    assertThat(reading.bytes().getBytes(ISO_8859_1)).isEqualTo(bytes);
  }

  @Property(tries = 5_000)
  void strings_and_options_of_any_kind_give_a_symbol_as_asked_or_a_sentence(
      @ForAll("strings") String string, @ForAll("asked") Asked asked) {
    try {
      var options = asked.options();
      var symbol = USED.encode(string, options);
      options.version().ifPresent(version -> assertThat(symbol.version()).isEqualTo(version));
      options.mask().ifPresent(mask -> assertThat(symbol.mask()).isEqualTo(mask));
      assertThat(symbol.level()).isGreaterThanOrEqualTo(options.level());
      assertThat(symbol.isMicro()).isEqualTo(options.micro());
      assertThat(hasHalves(string)).isFalse();
    } catch (SymbolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      assertThat(refused.fault()).isNotEqualTo(Fault.PARTS);
    }
  }

  @Property(tries = 2_000)
  void any_string_in_any_number_of_parts_gives_symbols_or_a_sentence(
      @ForAll("strings") String string, @ForAll("asked") Asked asked, @ForAll("counts") int parts) {
    try {
      assertThat(USED.encode(string, asked.options(), parts)).hasSize(parts);
      assertThat(hasHalves(string)).isFalse();
    } catch (SymbolException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @Property(tries = 1_000)
  void half_of_a_surrogate_pair_is_refused_wherever_it_stands(
      @ForAll("texts") String before, @ForAll("halves") char half, @ForAll("texts") String after) {
    // A half that meets its other half would be a pair.
    var string = before + " " + half + " " + after;
    for (var options :
        new SymbolOptions[] {SymbolOptions.DEFAULT, SymbolOptions.DEFAULT.withEci()}) {
      try {
        USED.encode(string, options);
        throw new AssertionError("no exception");
      } catch (SymbolException refused) {
        assertThat(refused.fault()).isEqualTo(Fault.TEXT);
      }
    }
  }

  @Property(tries = 1_500)
  void an_encoder_that_has_seen_much_gives_what_a_fresh_one_gives(
      @ForAll("texts") String text, @ForAll("asked") Asked asked) {
    assertThat(result(USED, text, asked)).isEqualTo(result(new SymbolEncoder(), text, asked));
  }

  /** Any numbers: also those that options refuse. */
  record Asked(
      Level level,
      boolean boost,
      boolean micro,
      OptionalInt version,
      OptionalInt mask,
      boolean eci) {
    SymbolOptions options() {
      return new SymbolOptions(level, boost, micro, version, mask, eci);
    }
  }

  private static String result(SymbolEncoder encoder, String text, Asked asked) {
    try {
      return Drawing.of(encoder.encode(text, asked.options()));
    } catch (SymbolException refused) {
      return refused.fault() + ": " + refused.getMessage();
    }
  }

  /** Everything that a symbol says of itself. */
  static final class Drawing {
    private Drawing() {}

    static String of(Symbol symbol) {
      var text = new StringBuilder();
      text.append("%d%s mask %d\n".formatted(symbol.version(), symbol.level(), symbol.mask()));
      for (int row = 0; row < symbol.size(); row++) {
        for (int index = 0; index < symbol.wordsPerRow(); index++) {
          text.append("%x ".formatted(symbol.word(row, index)));
        }
      }
      return text.toString();
    }
  }

  private static boolean hasHalves(String string) {
    return string.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .map(Character::toString),
            Arbitraries.chars().range('\0', '\u007f').map(String::valueOf),
            Arbitraries.chars().range('0', '9').map(String::valueOf),
            Arbitraries.of(
                "\0", "\r", "\n", "\u001d", "\u0085", "\ufeff", "\u200d", "\uffff", FACE),
            Arbitraries.of("漢", "ア", "ｱ", "¥", "‾", "~", "\\", "é", "ÿ", "ß", "Ω", "×", "§"))
        .list()
        .ofMinSize(1)
        .ofMaxSize(100)
        .map(parts -> String.join("", parts));
  }

  /** With halves of surrogate pairs among the rest, and empty too. */
  @Provide
  Arbitrary<String> strings() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(60),
        Arbitraries.strings().numeric().ofMaxLength(8_000),
        Arbitraries.strings().ascii().ofMaxLength(3_000),
        texts());
  }

  @Provide
  Arbitrary<Asked> asked() {
    return Combinators.combine(
            Arbitraries.of(Level.values()),
            Arbitraries.of(false, true),
            Arbitraries.of(false, false, false, false, true),
            optional(Arbitraries.integers().between(-1, 42)),
            optional(Arbitraries.integers().between(-1, 9)),
            Arbitraries.of(false, true))
        .as(Asked::new);
  }

  private static Arbitrary<OptionalInt> optional(Arbitrary<Integer> numbers) {
    return Arbitraries.oneOf(
        Arbitraries.just(OptionalInt.empty()), numbers.map(number -> OptionalInt.of(number)));
  }

  @Provide
  Arbitrary<Integer> counts() {
    return Arbitraries.integers().between(-1, 18);
  }

  @Provide
  Arbitrary<Character> halves() {
    return Arbitraries.chars().range(Character.MIN_SURROGATE, Character.MAX_SURROGATE);
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(500);
  }
}
