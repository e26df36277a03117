package dev.cubit.qr.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Nothing of an earlier text is left in a later symbol, and encoders do not disturb each other. */
final class StaleStateTest {
  private final Random random = Seed.random(StaleStateTest.class);
  private final Texts texts = new Texts(random);

  @Test
  void a_small_text_after_a_large_one_is_as_from_a_fresh_encoder() {
    var used = new SymbolEncoder();
    for (int version = 1; version <= 40; version++) {
      for (var large : large()) {
        for (var level : Level.values()) {
          var _ = large.apply(used);
          var small = texts.mixed(1 + random.nextInt(12));
          var options = SymbolOptions.DEFAULT.withLevel(level).withVersion(Math.max(version, 8));
          expectSame(used, encoder -> List.of(encoder.encode(small, options)));
        }
      }
    }
  }

  @Test
  void every_kind_of_call_after_every_other_is_as_from_a_fresh_encoder() {
    var calls = new ArrayList<>(large());
    calls.add(encoder -> List.of(encoder.encode("7", SymbolOptions.DEFAULT)));
    calls.add(encoder -> List.of(encoder.encode("12345", SymbolOptions.DEFAULT.asMicro())));
    calls.add(encoder -> List.of(encoder.encode("12", micro(1))));
    calls.add(encoder -> List.of(encoder.encode("ab", micro(3))));
    calls.add(encoder -> List.of(encoder.encode(new byte[] {-1}, SymbolOptions.DEFAULT)));
    calls.add(encoder -> List.of(encoder.encode(new byte[] {-1}, micro(3))));
    calls.add(encoder -> encoder.encode("a漢é7777", SymbolOptions.DEFAULT, 3));
    calls.add(encoder -> List.of(encoder.encode("é", SymbolOptions.DEFAULT.withEci())));
    calls.add(encoder -> List.of(encoder.encode("漢字ABC", SymbolOptions.DEFAULT.withEci())));
    calls.add(StaleStateTest::refused);
    var used = new SymbolEncoder();
    for (var before : calls) {
      for (var after : calls) {
        var _ = before.apply(used);
        expectSame(used, after);
      }
    }
  }

  @Test
  void the_same_call_gives_the_same_symbol_each_time() {
    var encoder = new SymbolEncoder();
    for (int i = 0; i < 300; i++) {
      var text = texts.mixed(1 + random.nextInt(200));
      assertThat(drawn(encoder.encode(text, SymbolOptions.DEFAULT)))
          .isEqualTo(drawn(encoder.encode(text, SymbolOptions.DEFAULT)));
    }
  }

  @Test
  void two_encoders_in_turn_give_what_each_gives_alone() {
    var one = new SymbolEncoder();
    var other = new SymbolEncoder();
    for (int i = 0; i < 300; i++) {
      var text = texts.mixed(1 + random.nextInt(300));
      var options = SymbolOptions.DEFAULT.withLevel(List.of(Level.values()).get(i % 4));
      var first = drawn(one.encode(text, options));
      other.encode(texts.ascii(1 + random.nextInt(300)), options);
      assertThat(drawn(other.encode(text, options))).isEqualTo(first);
      assertThat(drawn(one.encode(text, options))).isEqualTo(first);
    }
  }

  @Test
  void encoders_of_several_threads_share_tables_and_nothing_else()
      throws InterruptedException, ExecutionException {
    var tasks = new ArrayList<Callable<List<String>>>();
    for (int thread = 0; thread < 4; thread++) {
      tasks.add(
          () -> {
            var encoder = new SymbolEncoder();
            var drawn = new ArrayList<String>();
            for (int version = 1; version <= 40; version++) {
              for (var level : Level.values()) {
                var options = SymbolOptions.DEFAULT.withVersion(version).withLevel(level);
                drawn.add(drawn(encoder.encode("thread", options)));
              }
            }
            return drawn;
          });
    }
    try (var threads = Executors.newFixedThreadPool(tasks.size())) {
      var results = new ArrayList<List<String>>();
      for (var future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      assertThat(results).allMatch(drawn -> drawn.equals(results.getFirst()));
    }
  }

  @Test
  void a_symbol_is_not_changed_by_what_is_encoded_after_it() {
    var encoder = new SymbolEncoder();
    var symbols = new ArrayList<Symbol>();
    var drawn = new ArrayList<String>();
    for (int i = 0; i < 100; i++) {
      var symbol = encoder.encode(texts.mixed(1 + random.nextInt(60)), SymbolOptions.DEFAULT);
      symbols.add(symbol);
      drawn.add(drawn(symbol));
    }
    for (int i = 0; i < symbols.size(); i++) {
      assertThat(drawn(symbols.get(i))).isEqualTo(drawn.get(i));
    }
  }

  /** What fills as much of the scratch space as there is. */
  private List<Function<SymbolEncoder, List<Symbol>>> large() {
    var low = SymbolOptions.DEFAULT.withLevel(Level.L);
    var bytes = new byte[2953];
    java.util.Arrays.fill(bytes, (byte) 0xff);
    var ones = "\u00ff".repeat(1400);
    var kanji = texts.kanji(1800);
    var mixed = texts.mixed(500);
    return List.of(
        encoder -> List.of(encoder.encode(bytes, low)),
        encoder -> List.of(encoder.encode("9".repeat(7089), low)),
        encoder -> List.of(encoder.encode(ones, low)),
        encoder -> List.of(encoder.encode(kanji, low)),
        encoder -> List.of(encoder.encode(mixed, low.withVersion(40))));
  }

  /** Given up in the middle. */
  private static List<Symbol> refused(SymbolEncoder encoder) {
    try {
      return List.of(encoder.encode("a7漢é".repeat(600), SymbolOptions.DEFAULT.withVersion(20)));
    } catch (SymbolException expected) {
      return List.of();
    }
  }

  private static SymbolOptions micro(int version) {
    return SymbolOptions.DEFAULT.asMicro().withLevel(Level.L).withVersion(version);
  }

  private static void expectSame(SymbolEncoder used, Function<SymbolEncoder, List<Symbol>> call) {
    var again = call.apply(used).stream().map(StaleStateTest::drawn).toList();
    var fresh = call.apply(new SymbolEncoder()).stream().map(StaleStateTest::drawn).toList();
    assertThat(again).isEqualTo(fresh);
  }

  private static String drawn(Symbol symbol) {
    return SymbolProperties.Drawing.of(symbol);
  }
}
