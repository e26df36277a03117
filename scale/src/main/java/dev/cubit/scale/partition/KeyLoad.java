package dev.cubit.scale.partition;

import dev.cubit.scale.topology.KeyOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was known of a partition's keys at one time: see {@link KeySketch}, which makes it.
 * Immutable.
 */
public final class KeyLoad {
  private final long requests;
  private final double weight;
  private final byte[] registers;
  private final List<HotKey> hottest;
  private final List<Sampled> sample;

  /**
   * A key that many requests ask for.
   *
   * @param share of the recent requests, 0 to 1; rather too high than too low
   */
  public record HotKey(String key, double share) {}

  /**
   * Where a range can be cut.
   *
   * @param at first key of the upper part, as short as may be
   * @param lower share of the recent load that is below it, 0 to 1
   */
  public record Split(String at, double lower) {}

  /** A request's key, and how many recent requests it stands for. */
  private record Sampled(String key, double weight) {}

  private KeyLoad(
      long requests, double weight, byte[] registers, List<HotKey> hottest, List<Sampled> sample) {
    this.requests = requests;
    this.weight = weight;
    this.registers = registers;
    this.hottest = hottest;
    this.sample = sample;
  }

  static KeyLoad of(
      long requests,
      double weight,
      byte[] registers,
      String[] hot,
      int[] hotCounts,
      int hots,
      String[] sample,
      int samples) {
    List<HotKey> hottest = new ArrayList<>();
    for (int i = 0; i < hots; i++) {
      hottest.add(new HotKey(hot[i], Math.min(1, hotCounts[i] / Math.max(1, weight))));
    }
    List<Sampled> sampled = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      sampled.add(new Sampled(sample[i], weight / samples));
    }
    return new KeyLoad(
        requests, weight, registers.clone(), List.copyOf(hottest), List.copyOf(sampled));
  }

  /** That of several event loops, or of several partitions, at least one. */
  public static KeyLoad merged(List<KeyLoad> loads) {
    long requests = 0;
    double weight = 0;
    byte[] registers = new byte[KeySketch.REGISTERS];
    Map<String, Double> counts = new HashMap<>();
    List<Sampled> sample = new ArrayList<>();
    for (KeyLoad load : loads) {
      requests += load.requests;
      weight += load.weight;
      for (int i = 0; i < registers.length; i++) {
        registers[i] = (byte) Math.max(registers[i], load.registers[i]);
      }
      load.hottest.forEach(hot -> counts.merge(hot.key(), hot.share() * load.weight, Double::sum));
      sample.addAll(load.sample);
    }
    double all = Math.max(1, weight);
    List<HotKey> hottest =
        counts.entrySet().stream()
            .map(count -> new HotKey(count.getKey(), Math.min(1, count.getValue() / all)))
            .sorted(Comparator.comparingDouble(HotKey::share).reversed().thenComparing(HotKey::key))
            .limit(KeySketch.HOT_KEYS)
            .toList();
    return new KeyLoad(requests, weight, registers, hottest, List.copyOf(sample));
  }

  /** All since the sketch was made. */
  public long requests() {
    return requests;
  }

  /** Requests, of which older ones count for less. */
  public double recent() {
    return weight;
  }

  /** The hottest first. */
  public List<HotKey> hottest() {
    return hottest;
  }

  /** How many different keys there have been since the sketch was made; standard error 2.3 %. */
  public long keys() {
    double sum = 0;
    int zeros = 0;
    for (byte register : registers) {
      sum += 1.0 / (1L << register);
      zeros += register == 0 ? 1 : 0;
    }
    int m = registers.length;
    double estimate = 0.7213 / (1 + 1.079 / m) * m * m / sum;
    boolean few = estimate <= 2.5 * m && zeros > 0;
    return Math.round(few ? m * Math.log((double) m / zeros) : estimate);
  }

  /**
   * Where to split so that both parts carry the same load, by the recent requests.
   *
   * @return empty where fewer than two keys are known: a key cannot be split
   */
  public Optional<Split> split() {
    List<Sampled> sorted =
        sample.stream().sorted(Comparator.comparing(Sampled::key, KeyOrder.comparator())).toList();
    double total = sorted.stream().mapToDouble(Sampled::weight).sum();
    double below = 0;
    Optional<Split> best = Optional.empty();
    for (int i = 1; i < sorted.size(); i++) {
      below += sorted.get(i - 1).weight();
      String before = sorted.get(i - 1).key();
      String key = sorted.get(i).key();
      double lower = below / total;
      boolean better = Math.abs(lower - 0.5) < best.map(b -> Math.abs(b.lower() - 0.5)).orElse(1.0);
      if (better && !before.equals(key)) {
        best = Optional.of(new Split(shortest(before, key), lower));
      }
    }
    return best;
  }

  /** The shortest beginning of {@code key} that sorts behind {@code before}. */
  private static String shortest(String before, String key) {
    for (int end = 0; end < key.length(); ) {
      end += Character.charCount(key.codePointAt(end));
      String prefix = key.substring(0, end);
      if (KeyOrder.compare(prefix, before) > 0) {
        return prefix;
      }
    }
    return key;
  }
}
