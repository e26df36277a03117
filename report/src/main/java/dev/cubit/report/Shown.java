package dev.cubit.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/**
 * Figures as people read them: three significant digits and a unit; {@code –} where there is none.
 */
final class Shown {
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};
  private static final MathContext THREE = new MathContext(3, RoundingMode.HALF_UP);

  /** Below this a figure is shown as 0: nothing here is measured so finely. */
  private static final double NOTHING = 1e-9;

  private Shown() {}

  /** A time in the unit that suits it: {@code 870 µs}, {@code 12.3 ms}, {@code 1.97 s}. */
  static String micros(double micros) {
    double size = Math.abs(micros);
    if (size < 5e-4) {
      return "0 µs"; // half a nanosecond: no clock here is so fine
    }
    if (size < 999.5) {
      return digits(micros) + " µs";
    }
    return size < 999_500 ? digits(micros / 1e3) + " ms" : digits(micros / 1e6) + " s";
  }

  static String time(Duration time) {
    return micros(time.toNanos() / 1e3);
  }

  /** SI units, as autocannon shows them: {@code 3.97 MB}. */
  static String bytes(double bytes) {
    double value = bytes;
    int unit = 0;
    while (Math.abs(value) >= 999.5 && unit < BYTE_UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return digits(value) + " " + BYTE_UNITS[unit];
  }

  /** Three significant digits without trailing zeros; whole numbers stay whole. */
  static String digits(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    if (Math.abs(value) < NOTHING) {
      return "0";
    }
    if (Math.abs(value) >= 999.5) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return BigDecimal.valueOf(value).round(THREE).stripTrailingZeros().toPlainString();
  }

  /** With thousands set apart: {@code 22,207} or, of a mean, {@code 17,977.34}. */
  static String count(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    String text = String.format(Locale.ROOT, "%,.2f", value);
    return text.replaceFirst("\\.?0+$", "");
  }

  /** Requests a second: whole ones from 100 on, three digits below. */
  static String rate(double perSecond) {
    return perSecond >= 99.95 ? count(Math.rint(perSecond)) : digits(perSecond);
  }

  /** {@code 0.3 %}. */
  static String percent(double share) {
    return digits(share * 100) + " %";
  }

  /** autocannon's way of closing lines: {@code 999}, {@code 54k}. */
  static String thousands(long count) {
    return count < 1000 ? Long.toString(count) : Math.round(count / 1000.0) + "k";
  }

  /** A number of things: {@code 1 time}, {@code 2,000 times}. */
  static String plural(long count, String one, String many) {
    return count(count) + " " + (count == 1 ? one : many);
  }
}
