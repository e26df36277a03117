package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Codes are prefix codes without a gap, canonical, short, and never longer than their limit. */
class HuffmanProperties {
  @Property(tries = 500)
  void a_code_of_literals_is_complete_and_canonical(@ForAll("literals") int[] frequencies) {
    check(frequencies, 15);
  }

  @Property(tries = 500)
  void a_code_of_code_lengths_keeps_to_7_bits(@ForAll("lengths") int[] frequencies) {
    check(frequencies, 7);
  }

  @Property
  void frequencies_of_fibonacci_would_be_longer_than_the_limit_and_are_not(
      @ForAll @IntRange(min = 2, max = 44) int symbols,
      @ForAll @IntRange(min = 6, max = 15) int limit) {
    var frequencies = new int[symbols];
    for (int i = 0; i < symbols; i++) {
      frequencies[i] = i < 2 ? 1 : frequencies[i - 1] + frequencies[i - 2];
    }
    check(frequencies, limit);
  }

  @Property(tries = 500)
  void without_a_limit_in_the_way_no_code_is_shorter(@ForAll("few") int[] frequencies) {
    var code = Huffman.of(frequencies, 15);

    long bits = 0;
    for (int symbol = 0; symbol < frequencies.length; symbol++) {
      bits += (long) frequencies[symbol] * code.length(symbol);
    }
    assertThat(bits).isEqualTo(least(frequencies));
  }

  @Example
  void one_symbol_has_a_bit_and_none_has_nothing() {
    var one = Huffman.of(new int[] {0, 0, 9, 0}, 15);
    assertThat(one.length(2)).isEqualTo(1);
    assertThat(one.code(2)).isZero();
    assertThat(one.used(1)).isEqualTo(3);

    var none = Huffman.of(new int[30], 15);
    assertThat(none.used(1)).isEqualTo(1);
    assertThat(none.length(0)).isZero();
  }

  @Provide
  Arbitrary<int[]> literals() {
    return frequencies(286, 1_000_000);
  }

  @Provide
  Arbitrary<int[]> lengths() {
    return frequencies(19, 316);
  }

  @Provide
  Arbitrary<int[]> few() {
    return frequencies(12, 100);
  }

  /** Many never occur, most of the others are rare. */
  private static Arbitrary<int[]> frequencies(int most, int largest) {
    return Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(0)),
            Tuple.of(3, Arbitraries.integers().between(1, 9)),
            Tuple.of(1, Arbitraries.integers().between(1, largest)))
        .array(int[].class)
        .ofMinSize(2)
        .ofMaxSize(most)
        .filter(array -> Arrays.stream(array).filter(i -> i > 0).count() >= 2);
  }

  private static void check(int[] frequencies, int limit) {
    var code = Huffman.of(frequencies, limit);
    var used = IntStream.range(0, frequencies.length).filter(i -> frequencies[i] > 0).toArray();
    double kraft = 0;
    for (int symbol = 0; symbol < frequencies.length; symbol++) {
      assertThat(code.length(symbol) > 0).isEqualTo(frequencies[symbol] > 0);
      assertThat(code.length(symbol)).isLessThanOrEqualTo(limit);
      assertThat(code.code(symbol) >>> code.length(symbol)).as("bits above the code").isZero();
      kraft += code.length(symbol) == 0 ? 0 : Math.scalb(1.0, -code.length(symbol));
    }
    assertThat(kraft).as("Kraft sum").isEqualTo(1);
    for (int one : used) {
      for (int other : used) {
        int length = code.length(one);
        if (one != other && length <= code.length(other)) {
          int beginning = code.code(other) & (1 << length) - 1;
          assertThat(beginning)
              .as("%d is no prefix of %d", one, other)
              .isNotEqualTo(code.code(one));
        }
        if (one < other && length == code.length(other)) {
          assertThat(Integer.reverse(code.code(one)) >>> 1)
              .as("codes of one length are in order")
              .isLessThan(Integer.reverse(code.code(other)) >>> 1);
        }
      }
    }
  }

  /** The bits of a shortest code: the sum of what is joined. */
  private static long least(int[] frequencies) {
    var queue = new PriorityQueue<Long>();
    Arrays.stream(frequencies).filter(i -> i > 0).forEach(i -> queue.add((long) i));
    long bits = 0;
    while (queue.size() > 1) {
      long joined = queue.remove() + queue.remove();
      bits += joined;
      queue.add(joined);
    }
    return bits;
  }
}
