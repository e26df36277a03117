package dev.cubit.qr.image;

/** Bits of a stream that are put again and again. Immutable. */
final class BitString {
  static final BitString EMPTY = new BitString(new long[0], 0, 0);

  /** Up to 56 bits each, but the last. */
  private final long[] words;

  private final long last;
  private final int lastCount;

  private BitString(long[] words, long last, int lastCount) {
    this.words = words;
    this.last = last;
    this.lastCount = lastCount;
  }

  /** What a sink has got from its beginning on. */
  static BitString of(BitSink sink) {
    int bits = sink.length();
    var words = new long[Math.max(0, bits - 1) / BitSink.MOST];
    for (int i = 0; i < words.length; i++) {
      words[i] = sink.bits(i * BitSink.MOST, BitSink.MOST);
    }
    int rest = bits - words.length * BitSink.MOST;
    return new BitString(words, sink.bits(words.length * BitSink.MOST, rest), rest);
  }

  int bytes() {
    return (words.length + 1) * Long.BYTES;
  }

  /** Adds them; room has been reserved. */
  void putInto(BitSink sink) {
    for (long word : words) {
      sink.put(word, BitSink.MOST);
    }
    sink.put(last, lastCount);
  }
}
