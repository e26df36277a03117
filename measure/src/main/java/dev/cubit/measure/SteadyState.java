package dev.cubit.measure;

import java.time.Duration;
import java.util.Arrays;

/**
 * Tells when a warming-up target has settled, from one figure of its speed per interval.
 *
 * <p>It looks at the later half of all values, at least 20 of them (5 s). Settled means, for three
 * values running:
 *
 * <ul>
 *   <li>the coefficient of variation of the means of four equal blocks of that window is at most 5
 *       %: the criterion of Georges, Buytaert and Eeckhout, "Statistically rigorous Java
 *       performance evaluation", OOPSLA 2007, with a block in the place of an iteration (they ask
 *       for 1 or 2 %, of iterations that are longer). Noise that averages out does not hold it up,
 *       as blocks grow with the window; a step does.
 *   <li>and there is no upward trend in it: the Mann-Kendall test (see {@link Trend}) does not find
 *       one at a level as lax as 0.31, as here the costly mistake is to miss one, or the climb by
 *       Sen's slope over the whole window is at most 3 %.
 * </ul>
 *
 * <p>As the window is half of the past, an exponential climb must be twice its own time constant
 * old before it looks flat, whatever that constant is. What no test of the past can see: a plateau
 * longer than the window before the next step, and a slow climb under noise of 10 % and more. The
 * error rates of these too are in {@code SteadyStateProperties}.
 *
 * <p>Owned by one thread.
 */
public final class SteadyState {
  /** How long one value should stand for. */
  public static final Duration INTERVAL = Duration.ofMillis(250);

  /** By when it should have settled where nobody says otherwise. */
  public static final Duration DEFAULT_BOUND = Duration.ofSeconds(30);

  /** The name of the test, for results. */
  public static final String METHOD =
      "coefficient of variation of block means (Georges et al. 2007) and Mann-Kendall trend test";

  private static final int BLOCKS = 4;
  private static final int SMALLEST_WINDOW = 20;
  private static final double MOST_VARIATION = 0.05;
  private static final double TREND = 0.5;
  private static final double NEGLIGIBLE_CLIMB = 0.03;
  private static final int TIMES_RUNNING = 3;

  /** What is known after a value. */
  public enum Verdict {
    NOT_YET,
    SETTLED,
    /** The bound has come, and it had not settled. */
    GAVE_UP
  }

  private final int bound;
  private double[] values = new double[64];
  private int count;
  private int running;
  private Verdict verdict = Verdict.NOT_YET;

  /**
   * @param bound how many values to wait for at most, at least 1
   */
  public SteadyState(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("the bound of a warm-up is at least 1 interval");
    }
    this.bound = bound;
  }

  /** For a bound in time, with a value each {@link #INTERVAL}. */
  public static SteadyState within(Duration bound) {
    return new SteadyState(Math.clamp(bound.dividedBy(INTERVAL), 1, 1_000_000));
  }

  /**
   * Takes the next value: responses a second, or another figure that grows with speed.
   *
   * @return what is known now; once it is settled or given up, that stays
   */
  public Verdict offer(double value) {
    if (verdict != Verdict.NOT_YET) {
      return verdict;
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = Double.isFinite(value) ? value : 0;
    running = looksSteady() ? running + 1 : 0;
    if (running >= TIMES_RUNNING) {
      verdict = Verdict.SETTLED;
    } else if (count >= bound) {
      verdict = Verdict.GAVE_UP;
    }
    return verdict;
  }

  private boolean looksSteady() {
    int length = Math.max(SMALLEST_WINDOW, count / 2) / BLOCKS * BLOCKS;
    if (count < length) {
      return false;
    }
    // of an hour's warm-up the last two minutes tell enough, and the trend's cost is quadratic
    length = Math.min(length, 480);
    double[] window = Arrays.copyOfRange(values, count - length, count);
    double mean = Arrays.stream(window).average().orElse(0);
    return mean > 0
        && variationOfBlocks(window, mean) <= MOST_VARIATION
        && (Trend.mannKendall(window) <= TREND
            || Trend.slope(window) * length <= NEGLIGIBLE_CLIMB * mean);
  }

  private static double variationOfBlocks(double[] window, double mean) {
    int size = window.length / BLOCKS;
    double squares = 0;
    for (int block = 0; block < BLOCKS; block++) {
      double blockMean =
          Arrays.stream(window, block * size, (block + 1) * size).average().orElse(0);
      squares += (blockMean - mean) * (blockMean - mean);
    }
    return Math.sqrt(squares / (BLOCKS - 1)) / mean;
  }
}
