package dev.cubit.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the placeholders of one event loop's next request stand for. Owned by its loop's thread.
 *
 * <p>Loop {@code i} of {@code n} counts i, i + n, i + 2n …, so counters and rows are dealt out over
 * the whole run with nothing shared.
 */
final class Values {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ALPHABET =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
          .getBytes(StandardCharsets.US_ASCII);

  private final SplittableRandom random;
  private final byte[][][] rows;
  private final long seed;
  private final int step;
  private long counter;

  Values(Variables variables, int loop, int loops) {
    this.seed = variables.seed();
    this.random = new SplittableRandom(variables.seed() * 31L + loop);
    this.step = loops;
    this.counter = (long) loop - loops;
    this.rows =
        variables
            .rows()
            .map(r -> r.rows().stream().map(Values::bytes).toArray(byte[][][]::new))
            .orElse(new byte[0][][]);
  }

  private static byte[][] bytes(List<String> row) {
    return row.stream().map(v -> v.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  /** Turns to the next request. */
  void advance() {
    counter += step;
  }

  /**
   * A bijection of the counter (splitmix64's finaliser), so that ids are unique and look random.
   */
  void writeId(ByteBuf out) {
    long z = counter * 0x9E3779B97F4A7C15L + seed;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    for (int shift = 60; shift >= 0; shift -= 4) {
      out.writeByte(HEX[(int) (z >>> shift) & 15]);
    }
  }

  void writeCounter(ByteBuf out) {
    writeNumber(out, counter);
  }

  void writeText(ByteBuf out, int length) {
    for (int i = 0; i < length; i++) {
      out.writeByte(ALPHABET[random.nextInt(ALPHABET.length)]);
    }
  }

  void writeNumber(ByteBuf out, long from, long to) {
    writeNumber(
        out, to == Long.MAX_VALUE ? random.nextLong(from, to) : random.nextLong(from, to + 1));
  }

  void writeRow(ByteBuf out, int column) {
    out.writeBytes(rows[(int) (counter % rows.length)][column]);
  }

  static void writeNumber(ByteBuf out, long number) {
    if (number < 0) {
      out.writeCharSequence(Long.toString(number), StandardCharsets.US_ASCII);
      return;
    }
    long divisor = 1;
    while (number / divisor >= 10) {
      divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      out.writeByte('0' + (int) (number / divisor % 10));
    }
  }
}
