package dev.cubit.report;

import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** The lines that pages draw of runs. */
final class Charts {
  /** Ten points for each nine, up to 99.9999 %. */
  private static final int NINES = 6;

  private static final int POINTS_A_NINE = 24;

  private Charts() {}

  /** 1 / (1 - share), from 0 % on, as far as a histogram of so many has anything to say. */
  static List<Double> nines(long count) {
    List<Double> x = new ArrayList<>();
    double most = Math.max(10, count);
    for (int i = 0; i <= NINES * POINTS_A_NINE; i++) {
      double value = Math.pow(10, (double) i / POINTS_A_NINE);
      if (value > most) {
        break;
      }
      x.add(value);
    }
    return x;
  }

  /** Latency in milliseconds at each of these. */
  static Page.Line distribution(String label, String colour, Histogram micros, List<Double> x) {
    List<Double> values =
        x.stream().map(v -> micros.getValueAtPercentile(100 * (1 - 1 / v)) / 1000.0).toList();
    return new Page.Line(label, colour, false, values);
  }

  static List<Double> seconds(LoadResult load) {
    return load.samples().stream().map(s -> s.at().toMillis() / 1e3).toList();
  }

  static Page.Line series(
      String label, String colour, LoadResult load, ToDoubleFunction<Sample> value) {
    return new Page.Line(
        label, colour, false, load.samples().stream().map(value::applyAsDouble).toList());
  }

  static double rate(Sample sample) {
    return sample.responses() / (sample.length().toNanos() / 1e9);
  }
}
