package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What is said in literals and runs is what the JDK inflates. */
class DeflateCodeProperties {
  private static final int FARTHEST = 32_768;

  /** A run of {@code length} from {@code distance} back, behind a few literals. */
  @SuppressWarnings("ArrayRecordComponent") // Steps are never compared.
  record Step(byte[] literals, int length, int distance) {}

  @Property(tries = 400)
  void literals_and_runs_are_inflated_as_they_were_told(@ForAll("steps") List<Step> steps) {
    check(
        tokens -> {
          int count = 0;
          for (var step : steps) {
            for (byte literal : step.literals()) {
              tokens.literal(literal & 0xff);
            }
            count += step.literals().length;
            if (count > 0) {
              tokens.run(step.length(), 1 + (step.distance() - 1) % count);
              count += step.length();
            }
          }
        });
  }

  @Example
  void runs_of_every_length_are_inflated() {
    for (int distance : new int[] {1, 2, 5, 39, 300}) {
      check(
          tokens -> {
            literals(tokens, 300, 1);
            for (int length = 3; length <= 1_000; length++) {
              tokens.run(length, distance);
              tokens.literal(length & 0xff);
            }
          });
    }
  }

  @Example
  void runs_of_every_distance_are_inflated() {
    check(
        tokens -> {
          literals(tokens, FARTHEST, 2);
          for (int distance = 1; distance <= FARTHEST; distance++) {
            tokens.run(3 + distance % 7, distance);
          }
        });
  }

  @Property(tries = 100)
  void a_run_alone_of_any_length_and_distance_is_inflated(
      @ForAll @IntRange(min = 3, max = 1_000) int length,
      @ForAll @IntRange(min = 1, max = FARTHEST) int distance) {
    check(
        tokens -> {
          literals(tokens, distance, 3);
          tokens.run(length, distance);
        });
  }

  @Property(tries = 100)
  void a_single_value_is_inflated(@ForAll byte value, @ForAll @IntRange(max = 2_000) int times) {
    check(
        tokens -> {
          for (int i = 0; i < times; i++) {
            tokens.literal(value & 0xff);
          }
        });
  }

  @Example
  void an_empty_block_is_inflated_to_nothing() {
    check(tokens -> {});
  }

  @Property(tries = 100)
  void frequencies_that_want_codes_beyond_15_bits_are_inflated(
      @ForAll @IntRange(min = 2, max = 22) int symbols) {
    check(
        tokens -> {
          int times = 1;
          int last = 1;
          for (int symbol = 0; symbol < symbols; symbol++) {
            for (int i = 0; i < times; i++) {
              tokens.literal(11 * symbol);
            }
            int next = times + last;
            last = times;
            times = next;
          }
        });
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    var literals = Arbitraries.bytes().array(byte[].class).ofMaxSize(30);
    var lengths =
        Arbitraries.oneOf(
            Arbitraries.integers().between(3, 1_000), Arbitraries.of(257, 258, 259, 260, 261, 516));
    var distances = Arbitraries.integers().between(1, FARTHEST);
    return Combinators.combine(literals, lengths, distances).as(Step::new).list().ofMaxSize(80);
  }

  private static void literals(Tokens tokens, int count, long seed) {
    var random = new Random(seed);
    for (int i = 0; i < count; i++) {
      tokens.literal(random.nextInt(256));
    }
  }

  private static void check(Consumer<Tokens> told) {
    var census = new DeflateCode.Census();
    told.accept(census);
    var code = census.code(1);
    var sink = new BitSink();
    sink.clear(0);
    code.putHeader(sink);
    told.accept(code.new Writer(sink));
    code.putEnd(sink);
    int end = sink.align();
    var plain = new Plain();
    told.accept(plain);
    var inflated = inflate(Arrays.copyOf(sink.bytes(), end), plain.count());
    assertThat(Arrays.equals(inflated, plain.bytes())).as("inflated is what was told").isTrue();
  }

  /** Inflates a stream without zlib's frame. */
  private static byte[] inflate(byte[] stream, int expected) {
    try (var inflater = new Inflater(true)) {
      inflater.setInput(stream);
      var bytes = new byte[expected + 1];
      int count = inflater.inflate(bytes);
      assertThat(inflater.finished()).as("the stream's end is reached").isTrue();
      assertThat(inflater.getRemaining()).as("bytes behind the stream").isZero();
      return Arrays.copyOf(bytes, count);
    } catch (DataFormatException e) {
      throw new AssertionError("the stream is damaged: " + e.getMessage(), e);
    }
  }

  /** Does what it is told, byte by byte. */
  private static final class Plain implements Tokens {
    private byte[] bytes = new byte[1 << 16];
    private int count;

    @Override
    public void literal(int value) {
      if (count == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * count);
      }
      bytes[count++] = (byte) value;
    }

    @Override
    public void run(int length, int distance) {
      for (int i = 0; i < length; i++) {
        literal(bytes[count - distance]);
      }
    }

    int count() {
      return count;
    }

    byte[] bytes() {
      return Arrays.copyOf(bytes, count);
    }
  }
}
