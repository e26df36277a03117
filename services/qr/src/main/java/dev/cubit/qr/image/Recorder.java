package dev.cubit.qr.image;

import java.util.Arrays;

/** Makes a {@link BitString} of what a block is made of. Owned by one thread. */
final class Recorder implements Tokens {
  /** As many equal copies are one part; fewer are packed with what is around them. */
  private static final int MANY = 16;

  private final DeflateCode code;
  private long[] bits = new long[16];
  private int[] counts = new int[16];
  private int[] times = new int[16];
  private int parts;
  private long pending;
  private int open;

  Recorder(DeflateCode code) {
    this.code = code;
  }

  /** Takes over what a sink has got from its beginning on. */
  void take(BitSink sink) {
    int end = sink.length();
    for (int at = 0; at < end; at += BitSink.MOST / 2) {
      int count = Math.min(BitSink.MOST / 2, end - at);
      put(sink.bits(at, count), count);
    }
  }

  @Override
  public void literal(int value) {
    put(code.literalCode(value), code.literalLength(value));
  }

  @Override
  public void run(int length, int distance) {
    int many = DeflateCode.longest(length);
    int left = length;
    if (many >= MANY) {
      repeat(code.match(DeflateCode.LONGEST_MATCH, distance), many);
      left -= many * DeflateCode.LONGEST_MATCH;
    }
    while (left > 0) {
      int match = DeflateCode.first(left);
      put(code.match(match, distance));
      left -= match;
    }
  }

  void end() {
    put(code.end());
  }

  BitString bits() {
    flush();
    return new BitString(
        Arrays.copyOf(bits, parts), Arrays.copyOf(counts, parts), Arrays.copyOf(times, parts));
  }

  /** As many of them as can be put at once are a part, which stands for all. */
  private void repeat(long match, int many) {
    flush();
    long one = DeflateCode.bits(match);
    int count = DeflateCode.count(match);
    int together = Math.min(many, BitSink.MOST / count);
    long word = 0;
    for (int i = 0; i < together; i++) {
      word |= one << (i * count);
    }
    add(word, together * count, many / together);
    for (int i = many % together; i > 0; i--) {
      put(match);
    }
  }

  private void put(long code) {
    put(DeflateCode.bits(code), DeflateCode.count(code));
  }

  private void put(long word, int count) {
    if (open + count > BitSink.MOST) {
      flush();
    }
    pending |= word << open;
    open += count;
  }

  private void flush() {
    if (open > 0) {
      add(pending, open, 1);
      pending = 0;
      open = 0;
    }
  }

  private void add(long word, int count, int many) {
    if (parts == bits.length) {
      bits = Arrays.copyOf(bits, 2 * parts);
      counts = Arrays.copyOf(counts, 2 * parts);
      times = Arrays.copyOf(times, 2 * parts);
    }
    bits[parts] = word;
    counts[parts] = count;
    times[parts++] = many;
  }
}
