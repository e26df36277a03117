package dev.cubit.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as people write them: {@code 500ms}, {@code 10s}, {@code 1m30s}, {@code 2h}. */
final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "us", ChronoUnit.MICROS,
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  private Durations() {}

  /** Without a unit: seconds. */
  static final class Seconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return parse(text, ChronoUnit.SECONDS);
    }
  }

  /** Without a unit: milliseconds. */
  static final class Millis implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return parse(text, ChronoUnit.MILLIS);
    }
  }

  static Duration parse(String text, ChronoUnit unit) {
    String words = text.strip();
    if (words.matches("\\d{1,12}(\\.\\d{1,9})?")) {
      return of(Double.parseDouble(words), unit);
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(words);
    int end = 0;
    while (part.find() && part.start() == end && part.group(1).length() <= 12) {
      ChronoUnit known = UNITS.getOrDefault(part.group(2), unit);
      sum = sum.plus(of(Double.parseDouble(part.group(1)), known));
      end = part.end();
    }
    if (end == 0 || end < words.length()) {
      throw new TypeConversionException("'" + text + "' is no time: write 500ms, 10s, 1m30s or 2h");
    }
    return sum;
  }

  private static Duration of(double count, ChronoUnit unit) {
    double nanos = count * unit.getDuration().toNanos();
    if (nanos > 1e18) {
      throw new TypeConversionException("a time of more than 30 years is too long");
    }
    return Duration.ofNanos(Math.round(nanos));
  }
}
