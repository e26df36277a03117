package dev.cubit.measure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Figures as they stand in the sentences of this room: three digits that count, no exponent. */
final class Figures {
  private Figures() {}

  static String digits(double value) {
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    if (Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** Microseconds in the unit that a reader would take. */
  static String time(double micros) {
    if (micros < 1e3) {
      return digits(micros) + " us";
    }
    return micros < 1e6 ? digits(micros / 1e3) + " ms" : digits(micros / 1e6) + " s";
  }

  static String percent(double share) {
    return digits(100 * share) + " %";
  }
}
