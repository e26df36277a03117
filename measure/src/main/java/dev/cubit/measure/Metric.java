package dev.cubit.measure;

import dev.cubit.load.LoadResult;
import dev.cubit.target.TargetUse;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** What a goal can be about; the meaning of each is told at {@link Goal}. */
sealed interface Metric {
  /** Where the truth may lie when the load generator was saturated. */
  enum Truth {
    AS_MEASURED,
    MAY_BE_MORE,
    MAY_BE_LESS
  }

  /**
   * A figure.
   *
   * @param value empty where there is none; the text then says why
   */
  record Reading(OptionalDouble value, String text) {
    static Reading of(double value, String text) {
      return new Reading(OptionalDouble.of(value), text);
    }

    static Reading none(String why) {
      return new Reading(OptionalDouble.empty(), why);
    }
  }

  Reading read(Run run);

  /** What a number with this unit is multiplied with; empty for a unit that does not fit. */
  OptionalDouble factor(String unit);

  /** The units that fit, for people. */
  String units();

  Truth whenSaturated();

  /** The metric of this name; {@code share} where the number has a per cent sign. */
  static Optional<Metric> named(String name, boolean share) {
    return switch (name) {
      case "mean" -> Optional.of(new Latency(r -> r.latency().getMean()));
      case "max" -> Optional.of(new Latency(r -> r.latency().getMaxValue()));
      case "errors" -> Optional.of(new Failures(true, share));
      case "non2xx" -> Optional.of(new Failures(false, share));
      case "rps" -> Optional.of(new Throughput());
      case "rss" -> Optional.of(new Memory());
      case "cpu" -> Optional.of(new Cpu());
      default -> percentile(name);
    };
  }

  private static Optional<Metric> percentile(String name) {
    if (!name.matches("p[0-9]{1,3}([._][0-9]{1,6})?")) {
      return Optional.empty();
    }
    double percent = Double.parseDouble(name.substring(1).replace('_', '.'));
    return percent > 0 && percent <= 100
        ? Optional.of(new Latency(r -> r.latency().getValueAtPercentile(percent)))
        : Optional.empty();
  }

  /** Microseconds of the latency record. */
  record Latency(ToDoubleFunction<LoadResult> statistic) implements Metric {
    @Override
    public Reading read(Run run) {
      if (run.load().latency().getTotalCount() == 0) {
        return Reading.none("not known: no request ended");
      }
      double micros = statistic.applyAsDouble(run.load());
      return Reading.of(micros, Figures.time(micros));
    }

    @Override
    public OptionalDouble factor(String unit) {
      return switch (unit) {
        case "us", "µs", "μs" -> OptionalDouble.of(1);
        case "", "ms" -> OptionalDouble.of(1e3);
        case "s" -> OptionalDouble.of(1e6);
        default -> OptionalDouble.empty();
      };
    }

    @Override
    public String units() {
      return "us, ms or s";
    }

    @Override
    public Truth whenSaturated() {
      return Truth.MAY_BE_LESS;
    }
  }

  /** Errors of all kinds, or responses other than 2xx; as a count or in per cent. */
  record Failures(boolean errors, boolean share) implements Metric {
    @Override
    public Reading read(Run run) {
      LoadResult load = run.load();
      long ended = load.responses() + (errors ? load.errorCount() : 0);
      long bad =
          errors
              ? load.errorCount() + Math.max(load.mismatches(), load.responsesOfClass(5))
              : load.responses() - Math.min(load.responses(), load.responsesOfClass(2));
      if (ended == 0) {
        return Reading.none("not known: no request ended");
      }
      double percent = 100.0 * bad / ended;
      return Reading.of(
          share ? percent : bad,
          String.format(Locale.ROOT, "%d of %d, %s %%", bad, ended, Figures.digits(percent)));
    }

    @Override
    public OptionalDouble factor(String unit) {
      return unit.isEmpty() || unit.equals("%") ? OptionalDouble.of(1) : OptionalDouble.empty();
    }

    @Override
    public String units() {
      return "% or none for a count";
    }

    @Override
    public Truth whenSaturated() {
      return Truth.AS_MEASURED;
    }
  }

  /** Responses a second. */
  record Throughput() implements Metric {
    @Override
    public Reading read(Run run) {
      double rate = run.load().requestsPerSecond();
      return Reading.of(rate, Figures.digits(rate) + " requests/s");
    }

    @Override
    public OptionalDouble factor(String unit) {
      return unit.isEmpty() || unit.equals("/s") ? OptionalDouble.of(1) : OptionalDouble.empty();
    }

    @Override
    public String units() {
      return "none (requests a second)";
    }

    @Override
    public Truth whenSaturated() {
      return Truth.MAY_BE_MORE;
    }
  }

  /** The target's largest resident set, in bytes. */
  record Memory() implements Metric {
    @Override
    public Reading read(Run run) {
      return ofTarget(run, use -> use.maxRssBytes(), v -> Figures.digits(v / 1e6) + " MB");
    }

    @Override
    public OptionalDouble factor(String unit) {
      return switch (unit) {
        case "kb" -> OptionalDouble.of(1e3);
        case "", "mb" -> OptionalDouble.of(1e6);
        case "gb" -> OptionalDouble.of(1e9);
        case "kib" -> OptionalDouble.of(1 << 10);
        case "mib" -> OptionalDouble.of(1 << 20);
        case "gib" -> OptionalDouble.of(1 << 30);
        default -> OptionalDouble.empty();
      };
    }

    @Override
    public String units() {
      return "kB, MB, GB, KiB, MiB or GiB";
    }

    @Override
    public Truth whenSaturated() {
      return Truth.MAY_BE_MORE;
    }
  }

  /** The target's mean CPU use; 100 is one core. */
  record Cpu() implements Metric {
    @Override
    public Reading read(Run run) {
      return ofTarget(run, TargetUse::cpuPercent, v -> Figures.digits(v) + " %");
    }

    @Override
    public OptionalDouble factor(String unit) {
      return unit.isEmpty() || unit.equals("%") ? OptionalDouble.of(1) : OptionalDouble.empty();
    }

    @Override
    public String units() {
      return "% (100 is one core)";
    }

    @Override
    public Truth whenSaturated() {
      return Truth.MAY_BE_MORE;
    }
  }

  private static Reading ofTarget(
      Run run, ToDoubleFunction<TargetUse> figure, DoubleFunction<String> text) {
    if (run.target().isEmpty()) {
      return Reading.none(
          "not known: the target is no process that was started or found on this machine");
    }
    double value = figure.applyAsDouble(run.target().get().use());
    return Reading.of(value, text.apply(value));
  }
}
