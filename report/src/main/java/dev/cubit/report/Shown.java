package dev.cubit.report;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them: three significant digits and a unit. */
final class Shown {
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

  private Shown() {}

  /** A time in the unit that suits it: {@code 870 µs}, {@code 12.3 ms}, {@code 1.97 s}. */
  static String micros(double micros) {
    if (micros < 999.5) {
      return digits(micros) + " µs";
    }
    return micros < 999_500 ? digits(micros / 1e3) + " ms" : digits(micros / 1e6) + " s";
  }

  static String time(Duration time) {
    return micros(time.toNanos() / 1e3);
  }

  /** SI units, as autocannon shows them: {@code 3.97 MB}. */
  static String bytes(double bytes) {
    double value = bytes;
    int unit = 0;
    while (Math.abs(value) >= 1000 && unit < BYTE_UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    String shown = digits(value);
    if (shown.equals("1000") && unit < BYTE_UNITS.length - 1) {
      shown = "1";
      unit++;
    }
    return shown + " " + BYTE_UNITS[unit];
  }

  /** Three significant digits without trailing zeros; whole numbers stay whole. */
  static String digits(double value) {
    double size = Math.abs(value);
    int decimals = size == 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** With thousands set apart: {@code 22,207} or, of a mean, {@code 17,977.34}. */
  static String count(double value) {
    String text = String.format(Locale.ROOT, "%,.2f", value);
    return text.replaceFirst("\\.?0+$", "");
  }

  /** {@code 0.3 %}. */
  static String percent(double share) {
    return digits(share * 100) + " %";
  }

  /** autocannon's way of closing lines: {@code 999}, {@code 54k}. */
  static String thousands(long count) {
    return count < 1000 ? Long.toString(count) : Math.round(count / 1000.0) + "k";
  }

  /** A number of things: {@code 1 time}, {@code 2 times}. */
  static String plural(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
