package dev.cubit.load;

import java.util.Random;

/**
 * The planned starts of one event loop in the open model, one after the other. It knows nothing of
 * answers: that is what makes the model open.
 *
 * <p>Constant arrivals: start {@code n} of a loop is planned at {@code begin + (first + n * step) /
 * rate}. Loops with {@code first} = 0, 1, … and {@code step} = their number together give one
 * smooth stream at the whole rate, with nothing shared.
 *
 * <p>Poisson arrivals: gaps are exponential with mean {@code step / rate}; independent Poisson
 * streams add up to one at the sum of their rates.
 */
sealed interface Schedule {
  /** When the next request is to leave, in {@link System#nanoTime}'s time. */
  long next();

  /** Moves on to the start after that. */
  void advance();

  static Schedule of(Pace.AtRate pace, long begin, int first, int step, long seed) {
    double nanosApart = 1e9 / pace.requestsPerSecond();
    return switch (pace.arrivals()) {
      case CONSTANT -> new Constant(begin, nanosApart, first, step);
      case POISSON -> new Poisson(begin, nanosApart * step, new Random(seed + first));
    };
  }

  /** Evenly spaced; by multiplication, as a sum of rounded gaps would drift. */
  final class Constant implements Schedule {
    private final long begin;
    private final double nanosApart;
    private final int step;
    private long slot;

    Constant(long begin, double nanosApart, int first, int step) {
      this.begin = begin;
      this.nanosApart = nanosApart;
      this.step = step;
      this.slot = first;
    }

    @Override
    public long next() {
      return begin + (long) (slot * nanosApart);
    }

    @Override
    public void advance() {
      slot += step;
    }
  }

  /** Exponential gaps by inversion. */
  final class Poisson implements Schedule {
    private final double meanNanos;
    private final Random random;
    private final long begin;
    private double offset;

    Poisson(long begin, double meanNanos, Random random) {
      this.begin = begin;
      this.meanNanos = meanNanos;
      this.random = random;
      advance();
    }

    @Override
    public long next() {
      return begin + (long) offset;
    }

    @Override
    public void advance() {
      offset += -Math.log(1 - random.nextDouble()) * meanNanos;
    }
  }
}
