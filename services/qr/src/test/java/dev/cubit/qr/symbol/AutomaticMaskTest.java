package dev.cubit.qr.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The mask that is chosen is the one that {@link LiteralPenalty} likes best. */
final class AutomaticMaskTest {
  private static final int CASES = Integer.getInteger("cubit.mask.cases", 800);

  private final Random random = Seed.random(AutomaticMaskTest.class);
  private final Texts texts = new Texts(random);
  private final SymbolEncoder encoder = new SymbolEncoder();

  @Test
  void of_all_masks_the_one_with_the_lowest_literal_score_is_taken_and_the_first_of_equals() {
    var chosen = new HashSet<Integer>();
    for (int i = 0; i < CASES; i++) {
      int version = 1 + i % 40;
      var level = List.of(Level.values()).get(i / 40 % 4);
      var options = SymbolOptions.DEFAULT.withVersion(version).withLevel(level);
      int most = References.mostCharacters(Mode.BYTE, version, level);
      expectBest(texts.ascii(1 + random.nextInt(most)), options, chosen);
    }
    assertThat(chosen).as("masks that were best of some text").hasSize(8);
  }

  @Test
  void small_symbols_where_scores_are_close_get_the_literal_choice_too() {
    var chosen = new HashSet<Integer>();
    for (int i = 0; i < 2 * CASES; i++) {
      var options = SymbolOptions.DEFAULT.withLevel(List.of(Level.values()).get(i % 4));
      expectBest(
          i % 2 == 0 ? texts.digits(1 + random.nextInt(17)) : texts.mixed(1 + random.nextInt(20)),
          options,
          chosen);
    }
  }

  @Test
  void data_that_draw_stripes_and_areas_get_the_literal_choice_too() {
    // Long runs, many squares, many finders and few or many dark modules: all that scores high.
    var patterns = new int[] {0x00, 0xff, 0x55, 0x33, 0x0f, 0x5d, 0xba, 0xe1};
    for (int version = 1; version <= 40; version += 3) {
      for (var level : new Level[] {Level.L, Level.H}) {
        for (int pattern : patterns) {
          var bytes = new byte[References.mostCharacters(Mode.BYTE, version, level)];
          java.util.Arrays.fill(bytes, (byte) pattern);
          var options = SymbolOptions.DEFAULT.withVersion(version).withLevel(level);
          expectBest(encoder.encode(bytes, options), mask -> encoder.encode(bytes, mask), options);
        }
      }
    }
  }

  @Test
  void scores_tie_at_times_so_that_the_order_is_tested() {
    var ties = new HashMap<Boolean, Integer>();
    for (int i = 0; i < 2_000; i++) {
      var text = "tie " + i;
      int[] scores = new int[8];
      for (int mask = 0; mask < 8; mask++) {
        scores[mask] =
            LiteralPenalty.of(
                Modules.of(encoder.encode(text, SymbolOptions.DEFAULT.withMask(mask))));
      }
      int least = java.util.Arrays.stream(scores).min().orElseThrow();
      boolean tie = java.util.Arrays.stream(scores).filter(score -> score == least).count() > 1;
      ties.merge(tie, 1, Integer::sum);
      if (tie) {
        int mask = encoder.encode(text, SymbolOptions.DEFAULT).mask();
        for (int lower = 0; lower < mask; lower++) {
          assertThat(scores[lower])
              .as("%s, mask %d, not %d", text, mask, lower)
              .isNotEqualTo(least);
        }
        assertThat(scores[mask]).isEqualTo(least);
      }
    }
    assertThat(ties.getOrDefault(true, 0)).as("texts with equal scores").isGreaterThan(3);
  }

  private void expectBest(String text, SymbolOptions options, Set<Integer> chosen) {
    var symbol = encoder.encode(text, options);
    chosen.add(symbol.mask());
    expectBest(symbol, pinned -> encoder.encode(text, pinned), options);
  }

  private static void expectBest(
      Symbol automatic,
      java.util.function.Function<SymbolOptions, Symbol> encode,
      SymbolOptions options) {
    int best = -1;
    int least = Integer.MAX_VALUE;
    var scores = new StringBuilder();
    for (int mask = 0; mask < 8; mask++) {
      var pinned = Modules.of(encode.apply(options.withMask(mask)));
      int score = LiteralPenalty.of(pinned);
      scores.append(' ').append(score);
      if (score < least) {
        least = score;
        best = mask;
      }
      if (mask == automatic.mask()) {
        assertThat(Modules.of(automatic).difference(pinned))
            .as("the symbol with mask %d, chosen or given", mask)
            .isEmpty();
      }
    }
    assertThat(automatic.mask())
        .as("version %d-%s, scores%s", automatic.version(), automatic.level(), scores)
        .isEqualTo(best);
  }
}
