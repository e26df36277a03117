package dev.cubit.qr.symbol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.qr.symbol.SymbolException.Fault;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Which version and level are taken when they are left open, and what cannot be asked for. */
final class VersionAndLevelTest {
  private final Random random = Seed.random(VersionAndLevelTest.class);
  private final Texts texts = new Texts(random);
  private final SymbolEncoder encoder = new SymbolEncoder();

  @Test
  void the_smallest_version_that_holds_the_text_is_taken() {
    for (int version = 1; version <= 40; version++) {
      for (var level : Level.values()) {
        for (var mode : Mode.values()) {
          int most = References.mostCharacters(mode, version, level);
          var options = SymbolOptions.DEFAULT.withLevel(level).withMask(0);
          assertThat(encoder.encode(text(mode, most), options).version())
              .as("%d of %s at %s", most, mode, level)
              .isEqualTo(version);
          if (version < 40) {
            assertThat(encoder.encode(text(mode, most + 1), options).version())
                .as("%d of %s at %s", most + 1, mode, level)
                .isEqualTo(version + 1);
          } else {
            refuse(Fault.TEXT, () -> encoder.encode(text(mode, most + 1), options));
          }
        }
      }
    }
  }

  @Test
  void the_smallest_version_that_holds_the_bytes_is_taken() {
    for (int version = 1; version <= 40; version++) {
      for (var level : Level.values()) {
        int most = References.mostCharacters(Mode.BYTE, version, level);
        var options = SymbolOptions.DEFAULT.withLevel(level).withMask(0);
        assertThat(encoder.encode(texts.bytes(most), options).version()).isEqualTo(version);
        if (version < 40) {
          assertThat(encoder.encode(texts.bytes(most + 1), options).version())
              .isEqualTo(version + 1);
        } else {
          refuse(Fault.TEXT, () -> encoder.encode(texts.bytes(most + 1), options));
        }
      }
    }
  }

  @Test
  void a_boost_takes_the_highest_level_that_fits_into_the_same_version() {
    int boosted = 0;
    for (int i = 0; i < 1_500; i++) {
      var text = texts.mixed(1 + random.nextInt(i % 10 == 0 ? 400 : 40));
      var least = List.of(Level.values()).get(i % 4);
      var options = SymbolOptions.DEFAULT.withLevel(least).withMask(i % 8);
      Symbol plain;
      try {
        plain = encoder.encode(text, options);
      } catch (SymbolException tooLong) {
        assertThat(tooLong.fault()).isEqualTo(Fault.TEXT);
        continue;
      }
      int bits = Reading.of(plain, UTF_8).bits();
      var best = least;
      for (var level : Level.values()) {
        if (level.compareTo(best) > 0 && References.capacity(plain.version(), level) >= bits) {
          best = level;
        }
      }

      var symbol = encoder.encode(text, options.withBoost());

      assertThat(symbol.version()).as("version").isEqualTo(plain.version());
      assertThat(symbol.level()).as("level of %s, %d bits", text, bits).isEqualTo(best);
      var reading = Reading.of(symbol, UTF_8);
      assertThat(reading.text()).isEqualTo(text);
      assertThat(reading.level()).isEqualTo(best.name());
      boosted += best == least ? 0 : 1;
    }
    assertThat(boosted).as("texts with a higher level").isGreaterThan(100);
  }

  @Test
  void a_boost_stops_at_the_last_level_that_is_exactly_full() {
    for (int version = 1; version <= 40; version++) {
      for (var level : Level.values()) {
        int most = References.mostCharacters(Mode.BYTE, version, level);
        var options =
            SymbolOptions.DEFAULT
                .withLevel(Level.L)
                .withVersion(version)
                .withMask(version % 8)
                .withBoost();
        assertThat(encoder.encode("a".repeat(most), options).level()).isEqualTo(level);
        assertThat(encoder.encode(texts.bytes(most), options).level()).isEqualTo(level);
        if (level != Level.L) {
          var lower = List.of(Level.values()).get(level.index - 1);
          assertThat(encoder.encode("a".repeat(most + 1), options).level()).isEqualTo(lower);
        }
      }
    }
  }

  @Test
  void without_a_boost_the_level_is_the_one_that_was_asked_for() {
    for (var level : Level.values()) {
      var symbol = encoder.encode("7", SymbolOptions.DEFAULT.withLevel(level));
      assertThat(symbol.level()).isEqualTo(level);
      assertThat(Reading.of(symbol, UTF_8).level()).isEqualTo(level.name());
    }
  }

  @Test
  void a_larger_version_than_needed_is_taken_when_asked_for() {
    var text = "hello cityjs é 漢字";
    for (int version = 3; version <= 40; version++) {
      var symbol = encoder.encode(text, SymbolOptions.DEFAULT.withVersion(version));
      assertThat(symbol.version()).isEqualTo(version);
      assertThat(Reading.of(symbol, UTF_8).text()).isEqualTo(text);
    }
  }

  @Test
  void a_version_that_is_too_small_is_refused_as_a_text_that_does_not_fit() {
    for (int version = 1; version < 40; version++) {
      int most = References.mostCharacters(Mode.BYTE, version, Level.M);
      var options = SymbolOptions.DEFAULT.withVersion(version);
      refuse(Fault.TEXT, () -> encoder.encode("a".repeat(most + 1), options));
      refuse(Fault.TEXT, () -> encoder.encode("a".repeat(most + 1), options.withBoost()));
      refuse(Fault.TEXT, () -> encoder.encode(new byte[most + 1], options));
    }
  }

  @Test
  void options_that_cannot_be_are_refused_with_what_is_wrong() {
    var options = SymbolOptions.DEFAULT;
    for (int version : new int[] {Integer.MIN_VALUE, -1, 0, 41, Integer.MAX_VALUE}) {
      refuse(Fault.VERSION, () -> options.withVersion(version));
    }
    refuse(Fault.VERSION, () -> options.asMicro().withVersion(5));
    refuse(Fault.VERSION, () -> options.withVersion(5).asMicro());
    for (int mask : new int[] {Integer.MIN_VALUE, -1, 8, Integer.MAX_VALUE}) {
      refuse(Fault.MASK, () -> options.withMask(mask));
    }
    refuse(Fault.MASK, () -> options.asMicro().withMask(4));
    refuse(Fault.LEVEL, () -> options.asMicro().withLevel(Level.H));
    refuse(Fault.ECI, () -> options.asMicro().withEci());
  }

  @Test
  void nothing_is_refused() {
    refuse(Fault.TEXT, () -> encoder.encode("", SymbolOptions.DEFAULT));
    refuse(Fault.TEXT, () -> encoder.encode("", SymbolOptions.DEFAULT.asMicro()));
    refuse(Fault.TEXT, () -> encoder.encode(new byte[0], SymbolOptions.DEFAULT));
    refuse(Fault.TEXT, () -> encoder.encode(new byte[0], SymbolOptions.DEFAULT.asMicro()));
  }

  @Test
  void a_text_of_a_million_characters_is_refused() {
    for (var character : new String[] {"7", "A", "a", "é", "漢", "\ud83d\ude00"}) {
      var text = character.repeat(1_000_000);
      refuse(Fault.TEXT, () -> encoder.encode(text, SymbolOptions.DEFAULT));
      refuse(Fault.TEXT, () -> encoder.encode(text, SymbolOptions.DEFAULT.withEci()));
      refuse(Fault.TEXT, () -> encoder.encode(text, SymbolOptions.DEFAULT.asMicro()));
      refuse(Fault.TEXT, () -> encoder.encode(text, SymbolOptions.DEFAULT, 16));
    }
    refuse(Fault.TEXT, () -> encoder.encode(new byte[1_000_000], SymbolOptions.DEFAULT));
  }

  private String text(Mode mode, int length) {
    return switch (mode) {
      case NUMERIC -> texts.digits(length);
      case ALPHANUMERIC -> "Z".repeat(length);
      case BYTE -> "a".repeat(length);
      case KANJI -> texts.kanji(length);
    };
  }

  private static void refuse(Fault fault, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SymbolException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(fault);
              assertThat(e.getMessage()).as("a sentence").hasSizeBetween(10, 250);
            });
  }
}
