package dev.cubit.diagnose.bubble;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The recording's time in equal parts.
 *
 * @param from nanoseconds since the recording's start
 * @param length in nanoseconds, positive
 * @param count how many parts
 */
record Slices(long from, long length, int count) {

  double[] none() {
    return new double[count];
  }

  double seconds() {
    return length / 1e9 / count;
  }

  int of(long at) {
    return (int) Math.clamp((double) (at - from) * count / length, 0, count - 1);
  }

  /** Adds the seconds of a span to the slices that it lies in; what is outside is left out. */
  void add(long at, long nanos, double weight, double[] into) {
    double scale = (double) count / length;
    double begin = Math.max(0, (at - from) * scale);
    double end = Math.min(count, (at + nanos - from) * scale);
    for (int i = (int) begin; i < end && i < count; i++) {
      double part = Math.min(end, i + 1.0) - Math.max(begin, i);
      into[i] += part * seconds() * weight;
    }
  }

  static double sum(double[] slices) {
    double sum = 0;
    for (double seconds : slices) {
      sum += seconds;
    }
    return sum;
  }

  static List<Double> list(double[] slices) {
    List<Double> list = new ArrayList<>(slices.length);
    for (double seconds : slices) {
      list.add(seconds);
    }
    return Collections.unmodifiableList(list);
  }
}
