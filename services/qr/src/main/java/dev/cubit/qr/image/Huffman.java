package dev.cubit.qr.image;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A prefix code: the shortest for given frequencies, in the canonical form of deflate (RFC 1951,
 * 3.2.2). Immutable.
 */
final class Huffman {
  /** By symbol: bits of its code, 0 if it never occurs. */
  private final int[] lengths;

  /** By symbol: the code, its first bit lowest. */
  private final int[] codes;

  private Huffman(int[] lengths) {
    this.lengths = lengths;
    codes = codes(lengths);
  }

  /** Makes the code in which none is longer than a limit. */
  static Huffman of(int[] frequencies, int limit) {
    var weights = frequencies.clone();
    while (true) {
      var lengths = lengths(weights);
      if (Arrays.stream(lengths).max().orElse(0) <= limit) {
        return new Huffman(lengths);
      }
      // Flatter frequencies make a flatter code. It ends when all are 1.
      Arrays.setAll(weights, i -> (weights[i] + 1) / 2);
    }
  }

  /** Makes the code of these lengths. */
  static Huffman ofLengths(int[] lengths) {
    return new Huffman(lengths.clone());
  }

  /** Bits for symbols that occur as often as this. */
  long bits(int[] frequencies) {
    long bits = 0;
    for (int symbol = 0; symbol < frequencies.length; symbol++) {
      bits += (long) frequencies[symbol] * lengths[symbol];
    }
    return bits;
  }

  int length(int symbol) {
    return lengths[symbol];
  }

  int code(int symbol) {
    return codes[symbol];
  }

  /** Symbols up to the last that occurs, but at least as many. */
  int used(int least) {
    int used = lengths.length;
    while (used > least && lengths[used - 1] == 0) {
      used--;
    }
    return used;
  }

  /** Joins the two rarest again and again: the symbols in order, and what was joined in order. */
  private static int[] lengths(int[] weights) {
    var symbols =
        IntStream.range(0, weights.length)
            .filter(i -> weights[i] > 0)
            .mapToLong(i -> (long) weights[i] << 16 | i)
            .sorted()
            .toArray();
    int count = symbols.length;
    var lengths = new int[weights.length];
    if (count <= 2) {
      for (long symbol : symbols) {
        lengths[(int) symbol & 0xffff] = 1;
      }
      return lengths;
    }
    var weight = new long[2 * count - 1];
    var parent = new int[2 * count - 1];
    for (int i = 0; i < count; i++) {
      weight[i] = symbols[i] >>> 16;
    }
    int leaf = 0;
    int joined = count;
    for (int node = count; node < weight.length; node++) {
      for (int i = 0; i < 2; i++) {
        int least =
            leaf < count && (joined == node || weight[leaf] <= weight[joined]) ? leaf++ : joined++;
        weight[node] += weight[least];
        parent[least] = node;
      }
    }
    var depth = new int[weight.length];
    for (int node = weight.length - 2; node >= 0; node--) {
      depth[node] = depth[parent[node]] + 1;
      if (node < count) {
        lengths[(int) symbols[node] & 0xffff] = depth[node];
      }
    }
    return lengths;
  }

  private static int[] codes(int[] lengths) {
    var next = new int[17];
    for (int length : lengths) {
      if (length > 0) {
        next[length + 1]++;
      }
    }
    for (int length = 1; length < next.length; length++) {
      next[length] = (next[length - 1] + next[length]) << 1;
    }
    var codes = new int[lengths.length];
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] > 0) {
        codes[symbol] = Integer.reverse(next[lengths[symbol]]++) >>> -lengths[symbol];
      }
    }
    return codes;
  }
}
