package dev.cubit.cli;

import dev.cubit.measure.SteadyState;
import dev.cubit.measure.WarmUpPlan;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code auto}, {@code none}, a time, or autocannon's {@code [ -c 1 -d 3 ]}. */
final class WarmUpConverter implements ITypeConverter<WarmUpPlan> {
  @Override
  public WarmUpPlan convert(String text) {
    if (text.equals("none")) {
      return new WarmUpPlan.None();
    }
    if (text.equals("auto")) {
      return new WarmUpPlan.Auto(SteadyState.DEFAULT_BOUND);
    }
    try {
      return text.startsWith("[")
          ? ofBrackets(text)
          : new WarmUpPlan.For(Durations.parse(text, ChronoUnit.SECONDS), OptionalInt.empty());
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  private static WarmUpPlan ofBrackets(String text) {
    List<String> words = List.of(text.substring(1, text.length() - 1).strip().split("\\s+", -1));
    Duration duration = Duration.ofSeconds(10);
    OptionalInt connections = OptionalInt.empty();
    for (int i = 0; i < words.size(); i += 2) {
      String value = i + 1 < words.size() ? words.get(i + 1) : "";
      switch (words.get(i)) {
        case "-d", "--duration" -> duration = Durations.parse(value, ChronoUnit.SECONDS);
        case "-c", "--connections" -> connections = OptionalInt.of(number(value));
        default ->
            throw new TypeConversionException(
                "a warm-up has [ -c CONNECTIONS -d SECONDS ], not '" + words.get(i) + "'");
      }
    }
    return new WarmUpPlan.For(duration, connections);
  }

  private static int number(String text) {
    if (!text.matches("[1-9]\\d{0,5}")) {
      throw new TypeConversionException("'" + text + "' is no number of connections");
    }
    return Integer.parseInt(text);
  }
}
