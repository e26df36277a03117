package dev.cubit.scale.partition;

import java.util.SplittableRandom;

/**
 * What is known of the keys that a partition was asked for, in bounded memory (about 30 KB, and the
 * keys of the sample). Owned by one event loop, which alone records, fades and takes snapshots;
 * those of several loops are joined by {@link KeyLoad#merged}. Recording allocates nothing. Hot
 * path.
 *
 * <ul>
 *   <li>How many keys: HyperLogLog (Flajolet et al. 2007), 2,048 registers, standard error 2.3 %.
 *   <li>Which are hot: a count-min sketch (Cormode, Muthukrishnan 2005) of 4 x 1,024 counters with
 *       conservative update, and the keys with the largest estimates. An estimate is never too low.
 *   <li>How load lies over the keys: a uniform sample of 512 requests' keys (Vitter's algorithm R).
 * </ul>
 *
 * <p>Counts and sample fade: {@link #fade} halves what was before, as TinyLFU does.
 */
public final class KeySketch {
  static final int HOT_KEYS = 32;
  static final int SAMPLE = 512;
  static final int REGISTERS = 2_048;

  private static final int REGISTER_BITS = 11;
  private static final int ROWS = 4;
  private static final int COLUMNS = 1_024;

  private final byte[] registers = new byte[REGISTERS];
  private final int[] counters = new int[ROWS * COLUMNS];
  private final String[] hot = new String[HOT_KEYS];
  private final int[] hotCounts = new int[HOT_KEYS];
  private final String[] sample = new String[SAMPLE];
  private final SplittableRandom random;
  private int hots;
  private int samples;

  /** Requests, of which older ones count for less. */
  private double weight;

  private long requests;

  /**
   * Empty.
   *
   * @param seed of the sample's choice
   */
  public KeySketch(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A request for a key, folded. */
  public void record(String key) {
    requests++;
    weight++;
    // two independent halves, as of a hash of 64 bits (Stafford's variant 13 of MurmurHash3's end)
    long hash = mixed((SlotHash.of(key) & 0xFFFF_FFFFL) | ((long) key.hashCode() << 32));
    register(hash);
    note(key, count(hash));
    if (samples < SAMPLE) {
      sample[samples++] = key;
    } else if (random.nextDouble() * weight < SAMPLE) {
      sample[random.nextInt(SAMPLE)] = key;
    }
  }

  private static long mixed(long value) {
    long h = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
    return h ^ (h >>> 31);
  }

  private void register(long hash) {
    int register = (int) (hash >>> (64 - REGISTER_BITS));
    long rest = (hash << REGISTER_BITS) | (1L << (REGISTER_BITS - 1)); // the bit ends the zeros
    byte rank = (byte) (Long.numberOfLeadingZeros(rest) + 1);
    if (rank > registers[register]) {
      registers[register] = rank;
    }
  }

  /**
   * Counts one more; the estimate after it. Only the smallest counters grow: less is overestimated.
   */
  private int count(long hash) {
    int low = (int) hash;
    int high = (int) (hash >>> 32) | 1;
    int least = Integer.MAX_VALUE;
    for (int row = 0; row < ROWS; row++) {
      least = Math.min(least, counters[cell(low, high, row)]);
    }
    for (int row = 0; row < ROWS; row++) {
      int cell = cell(low, high, row);
      if (counters[cell] == least) {
        counters[cell]++;
      }
    }
    return least + 1;
  }

  private static int cell(int low, int high, int row) {
    return row * COLUMNS + ((low + row * high) & (COLUMNS - 1));
  }

  /** The hot keys are in falling order, so that the last one is the one to beat. */
  private void note(String key, int count) {
    if (hots == HOT_KEYS && count <= hotCounts[HOT_KEYS - 1]) {
      return;
    }
    int at = 0;
    while (at < hots && !hot[at].equals(key)) {
      at++;
    }
    if (at == hots) {
      hots = Math.min(hots + 1, HOT_KEYS);
      at = hots - 1;
    }
    for (; at > 0 && hotCounts[at - 1] < count; at--) {
      hot[at] = hot[at - 1];
      hotCounts[at] = hotCounts[at - 1];
    }
    hot[at] = key;
    hotCounts[at] = count;
  }

  /** Halves what all requests until now count; called in equal times, it is their half-life. */
  public void fade() {
    weight /= 2;
    for (int i = 0; i < counters.length; i++) {
      counters[i] >>>= 1;
    }
    for (int i = 0; i < hots; i++) {
      hotCounts[i] >>>= 1;
    }
  }

  /** What is known now, for other threads. */
  public KeyLoad snapshot() {
    return KeyLoad.of(requests, weight, registers, hot, hotCounts, hots, sample, samples);
  }
}
