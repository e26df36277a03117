package dev.cubit.qr.symbol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.qrcode.encoder.QRCode;
import dev.cubit.qr.symbol.SymbolException.Fault;
import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrSegment;
import io.nayuki.qrcodegen.QrSegmentAdvanced;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Module for module what two independent libraries make of the same. The mask is given, as choosing
 * it is where libraries differ.
 */
final class ModelTwoTest {
  /** {@code -Dcubit.cases=…} for more, or for fewer. */
  private static final int CASES = Integer.getInteger("cubit.cases", 10_560);

  private final Random random = Seed.random(ModelTwoTest.class);
  private final Texts texts = new Texts(random);
  private final SymbolEncoder encoder = new SymbolEncoder();
  private int version;
  private Level level = Level.M;
  private int mask;

  @Test
  void random_data_equal_nayukis_and_zxings_symbols() {
    var seen = new HashSet<String>();
    int comparedWithZxing = 0;
    for (int i = 0; i < CASES; i++) {
      // Every version at every level in every kind of data, in turn; the rest is chance.
      version = 1 + i % 40;
      level = List.of(Level.values()).get(i / 40 % 4);
      mask = random.nextInt(8);
      int kind = i / 160 % 6;
      seen.add(version + " " + level + " " + kind);
      comparedWithZxing +=
          switch (kind) {
            case 0 -> compareNumeric(length(Mode.NUMERIC));
            case 1 -> compareAlphanumeric(length(Mode.ALPHANUMERIC));
            case 2 -> compareBytes(length(Mode.BYTE));
            case 3 -> compareKanji(length(Mode.KANJI));
            case 4 -> compareMixed(texts.mixed(1 + random.nextInt(length(Mode.BYTE))));
            default -> compareMixed(texts.foreign(1 + random.nextInt(length(Mode.KANJI))));
          };
    }
    System.out.println(comparedWithZxing + " compared with ZXing too");
    assertThat(seen).hasSize(Math.min(CASES, 960));
    assertThat(comparedWithZxing).isGreaterThan(CASES / 2);
  }

  @Test
  void symbols_that_are_exactly_full_equal_nayukis_and_one_character_more_does_not_fit() {
    for (version = 1; version <= 40; version++) {
      for (var each : Level.values()) {
        level = each;
        mask = random.nextInt(8);
        for (var mode : Mode.values()) {
          int most = References.mostCharacters(mode, version, level);
          compare(mode, most);
          refuse(mode, most + 1);
        }
      }
    }
  }

  @Test
  void the_largest_symbol_holds_what_the_standard_says() {
    version = 40;
    level = Level.L;
    assertThat(
            List.of(Mode.values()).stream()
                .map(mode -> References.mostCharacters(mode, version, level)))
        .as("the reference's own tables")
        .containsExactly(7089, 4296, 2953, 1817);
    for (var mode : Mode.values()) {
      refuse(mode, References.mostCharacters(mode, version, level) + 1);
    }
  }

  @Test
  void every_remainder_of_characters_and_pad_bytes_equals_nayukis() {
    level = Level.Q;
    for (int first : new int[] {1, 5, 10, 27}) {
      version = first;
      int most = References.mostCharacters(Mode.KANJI, first, level);
      for (int length = 1; length <= Math.min(most, 70); length++) {
        mask = length % 8;
        for (var mode : Mode.values()) {
          compare(mode, length);
        }
      }
    }
  }

  @Test
  void every_kanji_has_the_number_that_nayuki_gives_it() {
    // What the libraries do not agree to be kanji goes by byte mode in at least one of them.
    var numbersThatDiffer = new ArrayList<String>();
    for (int c : Texts.KANJI) {
      var text = Character.toString(c);
      var data = QrSegmentAdvanced.makeKanji(text).getData();
      int theirs = 0;
      for (int i = 0; i < 13; i++) {
        theirs = theirs << 1 | data.getBit(i);
      }
      if (Kanji.value((char) c) != theirs) {
        numbersThatDiffer.add("U+%04x is %d, not %d".formatted(c, Kanji.value((char) c), theirs));
      }
    }
    assertThat(Texts.KANJI).hasSizeGreaterThan(6800);
    assertThat(numbersThatDiffer).isEmpty();
  }

  @Test
  void the_masks_levels_and_versions_are_all_told_by_the_symbol() {
    for (version = 1; version <= 40; version++) {
      for (var each : EnumSet.allOf(Level.class)) {
        level = each;
        for (mask = 0; mask < 8; mask++) {
          var symbol = encoder.encode("7", options());
          assertThat(symbol.version()).isEqualTo(version);
          assertThat(symbol.level()).isEqualTo(level);
          assertThat(symbol.mask()).isEqualTo(mask);
          assertThat(symbol.isMicro()).isFalse();
          assertThat(symbol.size()).isEqualTo(17 + 4 * version);
        }
      }
    }
  }

  private void compare(Mode mode, int length) {
    switch (mode) {
      case NUMERIC -> compareNumeric(length);
      case ALPHANUMERIC -> compareAlphanumeric(length);
      case BYTE -> compareBytes(length);
      case KANJI -> compareKanji(length);
    }
  }

  private int compareNumeric(int length) {
    var text = texts.digits(length);
    var symbol = encoder.encode(text, options());
    expectNayuki(symbol, List.of(QrSegment.makeNumeric(text)));
    return expectZxing(symbol, References.zxing(text, version, level, mask, false));
  }

  private int compareAlphanumeric(int length) {
    // Without digits no other segmentation is shorter.
    var text = texts.alphanumerics(length).replaceAll("[0-9]", "Z");
    var symbol = encoder.encode(text, options());
    expectNayuki(symbol, List.of(QrSegment.makeAlphanumeric(text)));
    return expectZxing(symbol, References.zxing(text, version, level, mask, false));
  }

  private int compareBytes(int length) {
    var bytes = texts.bytes(length);
    var symbol = encoder.encode(bytes, options());
    expectNayuki(symbol, List.of(QrSegment.makeBytes(bytes)));
    var code = References.zxing(new String(bytes, ISO_8859_1), version, level, mask, false);
    boolean isByteMode = code.getMode() == com.google.zxing.qrcode.decoder.Mode.BYTE;
    return isByteMode ? expectZxing(symbol, code) : 0;
  }

  private int compareKanji(int length) {
    var text = texts.kanji(length);
    var symbol = encoder.encode(text, options());
    expectNayuki(symbol, List.of(QrSegmentAdvanced.makeKanji(text)));
    return expectZxing(symbol, References.zxing(text, version, level, mask, true));
  }

  /** Our segments, given to Nayuki's encoder; or both say that the text is too long. */
  private int compareMixed(String text) {
    Symbol symbol;
    try {
      symbol = encoder.encode(text, options());
    } catch (SymbolException tooLong) {
      assertThat(tooLong.fault()).isEqualTo(Fault.TEXT);
      assertThatThrownBy(
              () ->
                  QrSegmentAdvanced.makeSegmentsOptimally(
                      text, References.ecc(level), version, version))
          .as("what Nayuki's says of the same text in version %d-%s", version, level)
          .isInstanceOf(DataTooLongException.class);
      return 0;
    }
    var reading = Reading.of(symbol, UTF_8);
    assertThat(reading.text()).isEqualTo(text);
    expectNayuki(symbol, reading.forNayuki());
    return 0;
  }

  private void refuse(Mode mode, int length) {
    assertThatThrownBy(
            () -> {
              switch (mode) {
                case NUMERIC -> encoder.encode(texts.digits(length), options());
                case ALPHANUMERIC -> encoder.encode("Z".repeat(length), options());
                case BYTE -> encoder.encode(texts.bytes(length), options());
                case KANJI -> encoder.encode(texts.kanji(length), options());
              }
            })
        .as("%d characters of %s in version %d-%s", length, mode, version, level)
        .isInstanceOfSatisfying(
            SymbolException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TEXT));
  }

  /** Empty, full, or anything between. */
  private int length(Mode mode) {
    int most = References.mostCharacters(mode, version, level);
    return random.nextInt(8) == 0 ? most : 1 + random.nextInt(most);
  }

  private SymbolOptions options() {
    return SymbolOptions.DEFAULT.withLevel(level).withVersion(version).withMask(mask);
  }

  private void expectNayuki(Symbol symbol, List<QrSegment> segments) {
    expect(symbol, References.nayuki(segments, version, level, mask), "Nayuki's");
  }

  private int expectZxing(Symbol symbol, QRCode code) {
    expect(symbol, Modules.of(code.getMatrix()), "ZXing's");
    return 1;
  }

  private void expect(Symbol symbol, Modules theirs, String whose) {
    Modules.of(symbol)
        .difference(theirs)
        .ifPresent(
            difference -> {
              throw new AssertionError(
                  "version %d-%s, mask %d is not %s: %s"
                      .formatted(version, level, mask, whose, difference));
            });
  }
}
