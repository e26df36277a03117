package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Bits come out as they were put, the first lowest. */
class BitSinkProperties {
  private final BitSink sink = new BitSink();

  @Property(tries = 500)
  void bits_stand_one_behind_the_other(
      @ForAll @Size(max = 60) List<@IntRange(max = BitSink.MOST) Integer> counts,
      @ForAll @IntRange(max = 50) int from,
      @ForAll long seed) {
    sink.clear(from);
    var expected = put(counts, new Random(seed), 8 * from);
    int total = counts.stream().mapToInt(i -> i).sum();

    assertThat(sink.length()).isEqualTo(8 * from + total);
    assertThat(sink.align()).isEqualTo(from + (total + 7) / 8);
    var bytes = BitSet.valueOf(sink.bytes()).get(8 * from, 8 * sink.align());
    assertThat(bytes).isEqualTo(expected.get(8 * from, 8 * sink.align()));
  }

  @Example
  void more_bytes_than_it_began_with_are_kept() {
    sink.clear(0);
    var counts = new Random(1).ints(5_000, 0, BitSink.MOST + 1).boxed().toList();
    var expected = put(counts, new Random(2), 0);

    sink.align();
    assertThat(sink.bytes().length).isGreaterThan(1 << 14);
    assertThat(BitSet.valueOf(sink.bytes())).isEqualTo(expected);
  }

  /** Puts random bits, and tells where they are to stand behind others. */
  private BitSet put(List<Integer> counts, Random random, int ahead) {
    var expected = new BitSet();
    int at = ahead;
    for (int count : counts) {
      long bits = random.nextLong() & (1L << count) - 1;
      sink.reserve(Long.BYTES);
      sink.put(bits, count);
      for (int i = 0; i < count; i++) {
        expected.set(at++, (bits >>> i & 1) != 0);
      }
    }
    return expected;
  }
}
