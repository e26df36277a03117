package dev.cubit.load;

import dev.cubit.load.LoadResult.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * The samples of a run, however long it is, in bounded memory: at 8,000 of them, neighbours are
 * merged in pairs, and from then on as many new ones are merged into one.
 *
 * <p>Merged, counts are exact; p50 and p99 become the greater of the two, which is a bound and not
 * the percentile of both.
 */
final class SampleSeries {
  static final int MOST = 8_000;

  private List<Sample> samples = new ArrayList<>();
  private int mergedInOne = 1;
  private int inLast;

  void add(Sample sample) {
    if (inLast > 0 && inLast < mergedInOne) {
      samples.set(samples.size() - 1, merge(samples.getLast(), sample));
      inLast++;
      return;
    }
    if (samples.size() == MOST) {
      halve();
    }
    samples.add(sample);
    inLast = 1;
  }

  private void halve() {
    List<Sample> half = new ArrayList<>(MOST);
    for (int i = 0; i + 1 < samples.size(); i += 2) {
      half.add(merge(samples.get(i), samples.get(i + 1)));
    }
    samples = half;
    mergedInOne *= 2;
  }

  private static Sample merge(Sample a, Sample b) {
    return new Sample(
        b.at(),
        a.length().plus(b.length()),
        a.responses() + b.responses(),
        a.bytes() + b.bytes(),
        a.errors() + b.errors(),
        Math.max(a.p50Micros(), b.p50Micros()),
        Math.max(a.p99Micros(), b.p99Micros()),
        Math.max(a.maxMicros(), b.maxMicros()));
  }

  List<Sample> toList() {
    return List.copyOf(samples);
  }
}
