package dev.cubit.measure;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A goal taken apart.
 *
 * @param limit in the unit that the metric is read in: microseconds, requests a second, bytes, %
 */
record Bound(Metric metric, Operator operator, double limit) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*([a-z]+[0-9._]*x{0,2})\\s*(<=|>=|<|>)\\s*([0-9]{1,15}(?:\\.[0-9]{1,9})?)"
              + "\\s*([a-zµμ%/]*)\\s*");

  enum Operator {
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">=");

    final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    boolean holds(double value, double limit) {
      return switch (this) {
        case LESS -> value < limit;
        case AT_MOST -> value <= limit;
        case MORE -> value > limit;
        case AT_LEAST -> value >= limit;
      };
    }

    boolean asksForMore() {
      return this == MORE || this == AT_LEAST;
    }

    static Operator of(String sign) {
      for (Operator operator : values()) {
        if (operator.sign.equals(sign)) {
          return operator;
        }
      }
      throw new IllegalArgumentException(sign);
    }
  }

  /** Whether a bound held, and what was measured or why that is not known. */
  record Judgement(boolean held, String measured) {}

  /**
   * @throws IllegalArgumentException where it is no bound; the message says what is one
   */
  static Bound parse(String text) {
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw refused(text, "it is not of the form METRIC<NUMBER, with < <= > or >= in the middle");
    }
    String name = group(matcher, 1);
    String unit = group(matcher, 4);
    Metric metric =
        Metric.named(name, unit.equals("%"))
            .orElseThrow(
                () ->
                    refused(
                        text,
                        "'"
                            + name
                            + "' is not a metric: there are p50, p99, p99.9 (any percentile up to"
                            + " 100), mean, max, errors, non2xx, rps, rss and cpu"));
    OptionalDouble factor = metric.factor(unit);
    if (factor.isEmpty()) {
      throw refused(text, "the unit of " + name + " is " + metric.units() + ", not '" + unit + "'");
    }
    double number = Double.parseDouble(group(matcher, 3));
    return new Bound(metric, Operator.of(group(matcher, 2)), number * factor.getAsDouble());
  }

  Judgement judge(Run run) {
    Metric.Reading reading = metric.read(run);
    if (reading.value().isEmpty()) {
      return new Judgement(false, reading.text());
    }
    boolean held = operator.holds(reading.value().getAsDouble(), limit);
    if (run.saturation().isPresent() && held != certainlyHolds()) {
      return switch (metric.whenSaturated()) {
        case AS_MEASURED -> new Judgement(held, reading.text());
        case MAY_BE_MORE -> notJudged("at least " + reading.text());
        case MAY_BE_LESS -> notJudged("at most " + reading.text());
      };
    }
    return new Judgement(held, reading.text());
  }

  /** The outcome that no truth beyond a one-sided figure can turn round. */
  private boolean certainlyHolds() {
    return operator.asksForMore() == (metric.whenSaturated() == Metric.Truth.MAY_BE_MORE);
  }

  private static Judgement notJudged(String figure) {
    return new Judgement(false, "not judged: the load generator was saturated (" + figure + ")");
  }

  private static String group(Matcher matcher, int number) {
    String group = matcher.group(number);
    return group == null ? "" : group;
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException(
        "the goal '"
            + text
            + "' cannot be read: "
            + why
            + ". Examples: p99<50ms, errors<0.1%,"
            + " rps>1000, rss<=512MiB");
  }
}
