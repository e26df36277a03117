package dev.cubit.measure;

import java.util.Arrays;

/**
 * A trend in a series, by ranks, so that outliers and the shape of the noise hardly matter.
 *
 * <p>Mann, "Nonparametric tests against trend", Econometrica 13 (1945), with Kendall's correction
 * for ties; the slope is Sen's, "Estimates of the regression coefficient based on Kendall's tau",
 * JASA 63 (1968). Both look at each pair of values: the cost is quadratic.
 */
final class Trend {
  private Trend() {}

  /** The standardised Mann-Kendall statistic: about standard normal where there is no trend. */
  static double mannKendall(double[] series) {
    int n = series.length;
    long s = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        s += (long) Math.signum(series[j] - series[i]);
      }
    }
    double variance = (n * (n - 1.0) * (2.0 * n + 5) - ties(series)) / 18;
    return variance <= 0 ? 0 : (s - Math.signum((double) s)) / Math.sqrt(variance);
  }

  private static double ties(double[] series) {
    double[] sorted = series.clone();
    Arrays.sort(sorted);
    double sum = 0;
    for (int from = 0; from < sorted.length; ) {
      int to = from;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      double equal = to - from;
      sum += equal * (equal - 1) * (2 * equal + 5);
      from = to;
    }
    return sum;
  }

  /** The median of the slopes between all pairs, a value's step; 0 for fewer than two values. */
  static double slope(double[] series) {
    int n = series.length;
    if (n < 2) {
      return 0;
    }
    double[] slopes = new double[n * (n - 1) / 2];
    int k = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[k++] = (series[j] - series[i]) / (j - i);
      }
    }
    Arrays.sort(slopes);
    return k % 2 == 1 ? slopes[k / 2] : (slopes[k / 2 - 1] + slopes[k / 2]) / 2;
  }
}
