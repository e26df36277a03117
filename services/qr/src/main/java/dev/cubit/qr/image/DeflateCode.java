package dev.cubit.qr.image;

import java.util.Arrays;

/** The codes of one deflate block, with the header that tells them (RFC 1951, 3.2). Immutable. */
final class DeflateCode {
  static final int LONGEST_MATCH = 258;
  static final int SHORTEST_MATCH = 3;

  private static final int END = 256;
  private static final int FIRST_LENGTH = 257;
  private static final int LITERALS = 286;
  private static final int DISTANCES = 30;

  private static final int[] HEADER_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  /** The code that needs no header but its name (RFC 1951, 3.2.6). */
  private static final DeflateCode FIXED = fixed();

  private static final int DYNAMIC_BLOCK = 0b101;
  private static final int FIXED_BLOCK = 0b011;

  /** In a code's word with its length, where the length stands. */
  private static final int COUNT = 56;

  private final Huffman literals;
  private final Huffman distances;
  private final boolean isFixed;

  private DeflateCode(Huffman literals, Huffman distances, boolean isFixed) {
    this.literals = literals;
    this.distances = distances;
    this.isFixed = isFixed;
  }

  private static DeflateCode fixed() {
    var lengths = new int[288];
    Arrays.setAll(lengths, i -> i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
    var fives = new int[DISTANCES];
    Arrays.fill(fives, 5);
    return new DeflateCode(Huffman.ofLengths(lengths), Huffman.ofLengths(fives), true);
  }

  /** Counts what a block is made of. Owned by one thread. */
  static final class Census implements Tokens {
    private final int[] literals = new int[LITERALS];
    private final int[] distances = new int[DISTANCES];

    @Override
    public void literal(int value) {
      literals[value]++;
    }

    @Override
    public void run(int length, int distance) {
      int longest = longest(length);
      literals[FIRST_LENGTH + lengthIndex(LONGEST_MATCH)] += longest;
      distances[distanceIndex(distance)] += longest;
      for (int left = length - longest * LONGEST_MATCH; left > 0; left -= first(left)) {
        literals[FIRST_LENGTH + lengthIndex(first(left))]++;
        distances[distanceIndex(distance)]++;
      }
    }

    void literal(int value, int times) {
      literals[value] += times;
    }

    /** Adds what another has counted, times a factor. */
    void add(Census other, int factor) {
      for (int i = 0; i < literals.length; i++) {
        literals[i] += factor * other.literals[i];
      }
      for (int i = 0; i < distances.length; i++) {
        distances[i] += factor * other.distances[i];
      }
    }

    /**
     * The code that makes the block shortest.
     *
     * @param unit how often what occurs once has been counted
     */
    DeflateCode code(int unit) {
      literals[END] = unit;
      var made = new DeflateCode(Huffman.of(literals, 15), Huffman.of(distances, 15), false);
      var header = new BitSink();
      header.clear(0);
      made.putHeader(header);
      long dynamic = header.length() + bits(made) / unit;
      return dynamic < 3 + bits(FIXED) / unit ? made : FIXED;
    }

    private long bits(DeflateCode code) {
      return code.literals.bits(literals) + code.distances.bits(distances);
    }
  }

  /** Writes a block. Owned by one thread. */
  final class Writer implements Tokens {
    private final BitSink sink;

    Writer(BitSink sink) {
      this.sink = sink;
    }

    @Override
    public void literal(int value) {
      sink.reserve(Long.BYTES);
      sink.put(literals.code(value), literals.length(value));
    }

    @Override
    public void run(int length, int distance) {
      int longest = longest(length);
      sink.reserve((longest + 2) * Long.BYTES);
      long match = match(LONGEST_MATCH, distance);
      for (int i = 0; i < longest; i++) {
        sink.put(bits(match), count(match));
      }
      for (int left = length - longest * LONGEST_MATCH; left > 0; left -= first(left)) {
        match = match(first(left), distance);
        sink.put(bits(match), count(match));
      }
    }
  }

  /** How many longest matches a run begins with, such that the rest is one match or two. */
  static int longest(int run) {
    return (run - SHORTEST_MATCH) / LONGEST_MATCH;
  }

  /** The first match of a run, such that the rest is none or can be one. */
  static int first(int run) {
    return run <= LONGEST_MATCH
        ? run
        : run < LONGEST_MATCH + SHORTEST_MATCH ? run - SHORTEST_MATCH : LONGEST_MATCH;
  }

  int literalLength(int value) {
    return literals.length(value);
  }

  int literalCode(int value) {
    return literals.code(value);
  }

  /** The bits of a match, 48 at most, with their {@link #count}. */
  long match(int length, int distance) {
    int index = lengthIndex(length);
    long bits = literals.code(FIRST_LENGTH + index);
    int count = literals.length(FIRST_LENGTH + index);
    int extra = lengthExtra(index);
    bits |= (long) (length - SHORTEST_MATCH & (1 << extra) - 1) << count;
    count += extra;
    int far = distanceIndex(distance);
    bits |= (long) distances.code(far) << count;
    count += distances.length(far);
    extra = distanceExtra(far);
    bits |= (long) (distance - 1 & (1 << extra) - 1) << count;
    return bits | (long) (count + extra) << COUNT;
  }

  /** The end of the block, as {@link #match} gives a match. */
  long end() {
    return literals.code(END) | (long) literals.length(END) << COUNT;
  }

  static long bits(long code) {
    return code & (1L << COUNT) - 1;
  }

  static int count(long code) {
    return (int) (code >>> COUNT);
  }

  void putEnd(BitSink sink) {
    sink.reserve(Long.BYTES);
    sink.put(literals.code(END), literals.length(END));
  }

  /** Lengths 3 to 10 have a code each, then 4 codes for each power of two; 258 has its own. */
  private static int lengthIndex(int length) {
    int offset = length - SHORTEST_MATCH;
    if (length == LONGEST_MATCH) {
      return 28;
    }
    return offset < 8 ? offset : logarithmic(offset, 2);
  }

  private static int lengthExtra(int index) {
    return index < 8 || index == 28 ? 0 : (index >> 2) - 1;
  }

  /** Distances 1 to 4 have a code each, then 2 codes for each power of two. */
  private static int distanceIndex(int distance) {
    return distance <= 4 ? distance - 1 : logarithmic(distance - 1, 1);
  }

  private static int distanceExtra(int index) {
    return index < 4 ? 0 : (index >> 1) - 1;
  }

  /** The highest bit and the few below it, counted on from one another. */
  private static int logarithmic(int value, int bits) {
    int extra = 31 - Integer.numberOfLeadingZeros(value) - bits;
    return (extra << bits) + (value >> extra);
  }

  /** Opens the block, which is the last one of its stream. */
  void putHeader(BitSink sink) {
    sink.reserve(1024);
    if (isFixed) {
      sink.put(FIXED_BLOCK, 3);
      return;
    }
    int literalsUsed = literals.used(FIRST_LENGTH);
    int distancesUsed = distances.used(1);
    var lengths = new int[literalsUsed + distancesUsed];
    Arrays.setAll(
        lengths, i -> i < literalsUsed ? literals.length(i) : distances.length(i - literalsUsed));
    var frequencies = new int[19];
    for (int i = 0; i < lengths.length; i += repeats(lengths, i)) {
      frequencies[symbol(lengths, i)]++;
    }
    var code = Huffman.of(frequencies, 7);
    int order = HEADER_ORDER.length;
    while (order > 4 && code.length(HEADER_ORDER[order - 1]) == 0) {
      order--;
    }
    sink.put(DYNAMIC_BLOCK, 3);
    sink.put(literalsUsed - 257, 5);
    sink.put(distancesUsed - 1, 5);
    sink.put(order - 4, 4);
    for (int i = 0; i < order; i++) {
      sink.put(code.length(HEADER_ORDER[i]), 3);
    }
    for (int i = 0; i < lengths.length; i += repeats(lengths, i)) {
      int symbol = symbol(lengths, i);
      sink.put(code.code(symbol), code.length(symbol));
      switch (symbol) {
        case 16 -> sink.put(repeats(lengths, i) - 3, 2);
        case 17 -> sink.put(repeats(lengths, i) - 3, 3);
        case 18 -> sink.put(repeats(lengths, i) - 11, 7);
        default -> {}
      }
    }
  }

  /**
   * A length, or 16 for the last one 3 to 6 times, 17 and 18 for zeros 3 to 10 and 11 to 138 times.
   */
  private static int symbol(int[] lengths, int at) {
    int run = run(lengths, at);
    if (lengths[at] == 0) {
      return run < 3 ? 0 : run < 11 ? 17 : 18;
    }
    return at > 0 && lengths[at - 1] == lengths[at] && run >= 3 ? 16 : lengths[at];
  }

  /** How many lengths the symbol stands for. */
  private static int repeats(int[] lengths, int at) {
    return switch (symbol(lengths, at)) {
      case 16 -> Math.min(run(lengths, at), 6);
      case 17, 18 -> Math.min(run(lengths, at), 138);
      default -> 1;
    };
  }

  private static int run(int[] lengths, int at) {
    int end = at;
    while (end < lengths.length && lengths[end] == lengths[at]) {
      end++;
    }
    return end - at;
  }
}
