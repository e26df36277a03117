package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RecorderProperties {
  /** Runs up to millions of bytes are a part for many, and the bits are as if put one by one. */
  @Property(tries = 300)
  void recorded_bits_are_those_that_are_written_at_once(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = -255, max = 2_000_000) Integer> tokens,
      @ForAll @IntRange(min = 1, max = 1_300) int distance) {
    var census = new DeflateCode.Census();
    play(tokens, distance, census);
    var code = census.code(1);
    var written = new BitSink();
    written.clear(0);
    play(tokens, distance, code.new Writer(written));
    code.putEnd(written);

    var recorder = new Recorder(code);
    play(tokens, distance, recorder);
    recorder.end();
    var bits = recorder.bits();
    var recorded = new BitSink();
    recorded.clear(0);
    recorded.reserve(written.length() / 8 + 8);
    bits.putInto(recorded);

    assertThat(bits.length()).isEqualTo(written.length());
    assertThat(Arrays.copyOf(recorded.bytes(), recorded.align()))
        .isEqualTo(Arrays.copyOf(written.bytes(), written.align()));
    assertThat(bits.bytes()).isLessThan(64 * tokens.size() + 64);
  }

  private static void play(List<Integer> tokens, int distance, Tokens to) {
    for (int token : tokens) {
      if (token <= 0) {
        to.literal(-token);
      } else {
        to.run(token + 2, distance);
      }
    }
  }
}
