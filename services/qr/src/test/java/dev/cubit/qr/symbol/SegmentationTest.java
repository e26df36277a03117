package dev.cubit.qr.symbol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrSegment;
import io.nayuki.qrcodegen.QrSegmentAdvanced;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The bits are the fewest there are. They are counted in the finished symbols, not in what the
 * encoder says of itself.
 */
final class SegmentationTest {
  private static final int CASES = Integer.getInteger("cubit.segment.cases", 3_000);

  private final Random random = Seed.random(SegmentationTest.class);
  private final Texts texts = new Texts(random);
  private final SymbolEncoder encoder = new SymbolEncoder();

  @Test
  void mixed_texts_take_as_many_bits_as_nayukis_optimal_segments() {
    int several = 0;
    for (int i = 0; i < CASES; i++) {
      int version = new int[] {9, 26, 40}[i % 3];
      // nayuki writes a backslash as the kanji 815F, which readers show as a full-width one.
      var text = (i % 2 == 0 ? texts.mixed(1 + random.nextInt(90)) : asciiMix()).replace('\\', '|');
      var options = SymbolOptions.DEFAULT.withLevel(Level.L).withVersion(version).withMask(0);
      List<QrSegment> theirs;
      try {
        theirs =
            QrSegmentAdvanced.makeSegmentsOptimally(
                text, References.ecc(Level.L), version, version);
      } catch (DataTooLongException tooLong) {
        continue;
      }
      var reading = Reading.of(encoder.encode(text, options), UTF_8);
      assertThat(reading.bits())
          .as("version %d: %s", version, text)
          .isEqualTo(bits(theirs, version));
      assertThat(reading.text()).isEqualTo(text);
      several += reading.modes().size() > 2 ? 1 : 0;
    }
    assertThat(several).as("texts with three segments or more").isGreaterThan(CASES / 4);
  }

  @Test
  void the_version_is_the_one_that_nayukis_optimal_segments_need() {
    for (int i = 0; i < CASES / 3; i++) {
      var text = texts.mixed(1 + random.nextInt(i % 3 == 0 ? 1000 : 200)).replace('\\', '|');
      var level = List.of(Level.values()).get(i % 4);
      int theirs;
      try {
        var segments = QrSegmentAdvanced.makeSegmentsOptimally(text, References.ecc(level), 1, 40);
        theirs =
            io.nayuki.qrcodegen.QrCode.encodeSegments(
                    segments, References.ecc(level), 1, 40, 0, false)
                .version;
      } catch (DataTooLongException tooLong) {
        continue;
      }
      var symbol = encoder.encode(text, SymbolOptions.DEFAULT.withLevel(level).withMask(0));
      assertThat(symbol.version()).as("%s: %s", level, text).isEqualTo(theirs);
    }
  }

  @Test
  void short_texts_take_the_fewest_bits_of_all_their_segmentations() {
    for (int i = 0; i < CASES / 5; i++) {
      int version = new int[] {9, 10, 27}[i % 3];
      var text = tiny();
      var options = SymbolOptions.DEFAULT.withLevel(Level.L).withVersion(version).withMask(0);
      var reading = Reading.of(encoder.encode(text, options), UTF_8);
      assertThat(reading.bits())
          .as("version %d: %s", version, text)
          .isEqualTo(AllSegmentations.fewestBits(text, version, false, UTF_8));
    }
  }

  @Test
  void texts_of_iso_8859_1_by_the_letter_of_the_standard_take_the_fewest_bits_too() {
    for (int i = 0; i < CASES / 5; i++) {
      int version = new int[] {9, 10, 27}[i % 3];
      var text = texts.digits(random.nextInt(5)) + texts.latin(1 + random.nextInt(3));
      var options =
          SymbolOptions.DEFAULT.withEci().withLevel(Level.L).withVersion(version).withMask(0);
      var reading = Reading.of(encoder.encode(text, options), ISO_8859_1);
      assertThat(reading.bits())
          .as("version %d: %s", version, text)
          .isEqualTo(AllSegmentations.fewestBits(text, version, false, ISO_8859_1));
    }
  }

  @Test
  void micro_symbols_take_the_fewest_bits_too() {
    for (int i = 0; i < CASES / 5; i++) {
      int version = 1 + i % 4;
      var text = version == 1 ? texts.digits(1 + random.nextInt(5)) : tiny();
      int fewest = AllSegmentations.fewestBits(text, version, true, UTF_8);
      if (fewest > new int[] {20, 40, 84, 128}[version - 1]) {
        continue;
      }
      var options = SymbolOptions.DEFAULT.asMicro().withLevel(Level.L).withVersion(version);
      var reading = MicroReading.of(encoder.encode(text, options));
      assertThat(reading.bits()).as("M%d: %s", version, text).isEqualTo(fewest);
      assertThat(reading.text(UTF_8)).isEqualTo(text);
    }
  }

  @Test
  void runs_around_the_length_at_which_leaving_a_mode_pays_take_as_many_bits_as_nayukis() {
    for (int version : new int[] {9, 26, 40}) {
      for (int run = 1; run <= 20; run++) {
        for (var inner : List.of("7".repeat(run), "Z".repeat(run), "Z7".repeat(run))) {
          for (var frame : List.of("%s", "a%s", "%sa", "aa%sbb", "A%sZ", "é%s漢", "%s漢", "漢%sé")) {
            for (var more : List.of("", "a", "漢漢", "77777777", "x%sx")) {
              var text = (frame + more).replace("%s", inner);
              expectNayukisBits(text, version);
            }
          }
        }
      }
    }
  }

  private void expectNayukisBits(String text, int version) {
    var options = SymbolOptions.DEFAULT.withLevel(Level.L).withVersion(version).withMask(0);
    var theirs =
        QrSegmentAdvanced.makeSegmentsOptimally(text, References.ecc(Level.L), version, version);
    var reading = Reading.of(encoder.encode(text, options), UTF_8);
    assertThat(reading.bits()).as("version %d: %s", version, text).isEqualTo(bits(theirs, version));
  }

  private String asciiMix() {
    var text = new StringBuilder();
    for (int runs = 1 + random.nextInt(12); runs > 0; runs--) {
      text.append(
          switch (random.nextInt(3)) {
            case 0 -> texts.digits(1 + random.nextInt(16));
            case 1 -> texts.alphanumerics(1 + random.nextInt(16));
            default -> texts.ascii(1 + random.nextInt(6));
          });
    }
    return text.toString();
  }

  private String tiny() {
    int most = 7;
    return switch (random.nextInt(3)) {
      case 0 -> texts.mixed(1 + random.nextInt(3)) + texts.kanji(random.nextInt(3));
      case 1 -> texts.digits(random.nextInt(4)) + texts.alphanumerics(1 + random.nextInt(most - 3));
      default -> texts.alphanumerics(random.nextInt(4)) + texts.ascii(1 + random.nextInt(most - 3));
    };
  }

  private static int bits(List<QrSegment> segments, int version) {
    int bits = 0;
    for (var segment : segments) {
      var mode =
          segment.mode == QrSegment.Mode.NUMERIC
              ? Mode.NUMERIC
              : segment.mode == QrSegment.Mode.ALPHANUMERIC
                  ? Mode.ALPHANUMERIC
                  : segment.mode == QrSegment.Mode.KANJI ? Mode.KANJI : Mode.BYTE;
      bits += BitReading.header(mode, version, false) + segment.getData().bitLength();
    }
    return bits;
  }

  /** Tries every mode for every character. */
  private static final class AllSegmentations {
    private final int[] points;
    private final int version;
    private final boolean micro;
    private final Charset charset;
    private int fewest = Integer.MAX_VALUE;

    private AllSegmentations(int[] points, int version, boolean micro, Charset charset) {
      this.points = points;
      this.version = version;
      this.micro = micro;
      this.charset = charset;
    }

    static int fewestBits(String text, int version, boolean micro, Charset charset) {
      var all = new AllSegmentations(text.codePoints().toArray(), version, micro, charset);
      all.from(0, 0);
      return all.fewest;
    }

    private void from(int start, int bitsBefore) {
      if (start == points.length) {
        fewest = Math.min(fewest, bitsBefore);
        return;
      }
      for (var mode : Mode.values()) {
        for (int end = start + 1; end <= points.length && isIn(mode, points[end - 1]); end++) {
          int header = BitReading.header(mode, version, micro);
          from(end, bitsBefore + header + bits(mode, start, end));
        }
      }
    }

    private static boolean isIn(Mode mode, int c) {
      return switch (mode) {
        case NUMERIC -> c >= '0' && c <= '9';
        case ALPHANUMERIC -> BitReading.isAlphanumeric(c);
        case BYTE -> true;
        case KANJI -> c > 0x7f && QrSegmentAdvanced.isEncodableAsKanji(Character.toString(c));
      };
    }

    private int bits(Mode mode, int start, int end) {
      int length = end - start;
      return switch (mode) {
        case NUMERIC -> length / 3 * 10 + new int[] {0, 4, 7}[length % 3];
        case ALPHANUMERIC -> length / 2 * 11 + length % 2 * 6;
        case BYTE -> 8 * new String(points, start, length).getBytes(charset).length;
        case KANJI -> 13 * length;
      };
    }
  }
}
