package dev.cubit.cli;

import dev.cubit.load.Extent;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.Pace;
import dev.cubit.load.Request;
import dev.cubit.measure.WarmUpPlan;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How much load, when, and for how long: autocannon's letters with autocannon's meaning, and ours.
 */
final class LoadOptions {
  @Option(
      names = {"-d", "--duration"},
      paramLabel = "TIME",
      converter = Durations.Seconds.class,
      description = "How long: seconds, or with a unit (500ms, 10s, 1m30s). Default: 10.")
  @Nullable Duration duration;

  @Option(
      names = {"-a", "--amount"},
      paramLabel = "NUM",
      description = "Send so many requests, however long it takes.")
  @Nullable Long amount;

  @Option(
      names = {"-L", "--sampleInt", "--sample-interval"},
      paramLabel = "MS",
      converter = Durations.Millis.class,
      description = "Time between samples, in milliseconds or with a unit. Default: 1000.")
  Duration sampleInterval = Duration.ofSeconds(1);

  @Option(
      names = {"-w", "--workers", "--threads"},
      paramLabel = "NUM",
      description = "Threads that send. Default: 0, which is one for every four cores, 1 to 8.")
  int workers;

  @Option(
      names = {"-W", "--warmup"},
      paramLabel = "auto|TIME|[ -c N -d N ]",
      converter = WarmUpConverter.class,
      description = "Load before measuring: until throughput has settled, or for a time.")
  WarmUpPlan warmUp = new WarmUpPlan.None();

  @Option(
      names = {"-t", "--timeout"},
      paramLabel = "TIME",
      converter = Durations.Seconds.class,
      description = "A request without an answer for so long is an error. Default: 10 s.")
  Duration timeout = Duration.ofSeconds(10);

  @Option(
      names = {"-B", "--bailout"},
      paramLabel = "NUM",
      description = "End the run after so many errors and mismatches.")
  @Nullable Integer bailout;

  @Option(
      names = {"-O", "--maxOverallRequests", "--max-overall-requests"},
      paramLabel = "NUM",
      description = "All connections together send at most so many.")
  @Nullable Long maxOverallRequests;

  @Option(
      names = {"-r", "--connectionRate", "--connection-rate"},
      paramLabel = "NUM",
      description = "Requests a second from each connection (open model).")
  @Nullable Double connectionRate;

  @Option(
      names = {"-R", "--overallRate", "--overall-rate", "--rate"},
      paramLabel = "NUM",
      description = {
        "Requests a second from all connections (open model): they leave on schedule whatever the",
        "answers do, and latency counts from the planned start."
      })
  @Nullable Double overallRate;

  @Option(
      names = "--arrivals",
      paramLabel = "KIND",
      description = "With -R: constant (default) or poisson, as of many independent users.")
  @Nullable String arrivals;

  @Option(
      names = {"-x", "--excludeErrorStats", "--exclude-error-stats"},
      description = "Leave other than 2xx responses out of the latency.")
  boolean excludeErrorStats;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      converter = Durations.Seconds.class,
      description = "How long answers still due at the end are waited for. Default: 1 s.")
  Duration grace = Duration.ofSeconds(1);

  @Mixin ConnectionOptions connection = new ConnectionOptions();
  @Mixin RequestOptions request = new RequestOptions();

  /**
   * The load that these words ask for.
   *
   * @param urls as they were written
   * @param base what a path alone is relative to
   * @param notes is told what the user should know of how the words were read
   */
  LoadPlan toPlan(List<String> urls, Optional<URI> base, Consumer<String> notes)
      throws CliException {
    refuseContradictions();
    List<Request> requests = request.toRequests(urls, base, notes);
    try {
      return new LoadPlan(
          requests,
          request.toOrder(),
          connection.toConnections(),
          pace(),
          amount != null ? new Extent.Count(amount) : new Extent.Time(duration()),
          maxOverallRequests == null ? OptionalLong.empty() : OptionalLong.of(maxOverallRequests),
          timeout,
          grace.compareTo(timeout) < 0 ? grace : timeout,
          bailout == null ? OptionalInt.empty() : OptionalInt.of(bailout),
          threads(Runtime.getRuntime().availableProcessors()),
          request.toVariables(),
          sampleInterval,
          excludeErrorStats,
          connection.toTransport());
    } catch (IllegalArgumentException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  /** The time asked for; ten seconds where none was. */
  Duration duration() {
    return duration == null ? Duration.ofSeconds(10) : duration;
  }

  /**
   * Threads of the load generator. One gives more load than most targets can take on the other
   * cores; where there are many cores, a target may take more than one thread can give.
   */
  int threads(int cores) {
    return workers == 0
        ? Math.clamp(cores / 4, 1, Math.clamp(connection.connections, 1, 8))
        : workers;
  }

  private void refuseContradictions() throws CliException {
    if (amount != null && duration != null) {
      throw CliException.usage("--amount and --duration both end the run: give one of them");
    }
    if (connectionRate != null && overallRate != null) {
      throw CliException.usage(
          "--connectionRate and --overallRate both set the pace: give one of them");
    }
    if (arrivals != null && overallRate == null) {
      throw CliException.usage("--arrivals goes with a rate of all connections: give -R");
    }
    if (workers < 0) {
      throw CliException.usage("--workers is 0, for the default, to 256, not " + workers);
    }
  }

  private Pace pace() throws CliException {
    if (connectionRate != null) {
      return new Pace.PerConnection(connectionRate);
    }
    if (overallRate != null) {
      return new Pace.AtRate(overallRate, arrivals());
    }
    return new Pace.AsAnswered();
  }

  private Pace.Arrivals arrivals() throws CliException {
    return switch (arrivals == null ? "constant" : arrivals) {
      case "constant" -> Pace.Arrivals.CONSTANT;
      case "poisson" -> Pace.Arrivals.POISSON;
      default ->
          throw CliException.usage("--arrivals is constant or poisson, not '" + arrivals + "'");
    };
  }
}
