package dev.cubit.cli;

import dev.cubit.load.Connections;
import dev.cubit.load.Extent;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.Pace;
import dev.cubit.load.Protocol;
import dev.cubit.load.Request;
import dev.cubit.load.Tls;
import dev.cubit.load.Transport;
import dev.cubit.measure.SteadyState;
import dev.cubit.measure.WarmUpPlan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much load, over what, when: autocannon's letters with autocannon's meaning, and ours. */
final class LoadOptions {
  @Option(
      names = {"-c", "--connections"},
      paramLabel = "NUM",
      description = "Connections open at the same time. Default: 10.")
  int connections = 10;

  @Option(
      names = {"-p", "--pipelining"},
      paramLabel = "NUM",
      description = "Requests in flight on each: HTTP/1.1 pipelining, HTTP/2 streams. Default: 1.")
  int pipelining = 1;

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
      names = {"-S", "--socketPath", "--socket-path"},
      paramLabel = "PATH",
      description = "Connect to this Unix socket; the URL still gives host and path.")
  @Nullable Path socketPath;

  @Option(
      names = {"-w", "--workers", "--threads"},
      paramLabel = "NUM",
      description = "Threads that send. Default: 0, which is one thread.")
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
      names = {"-M", "--maxConnectionRequests", "--max-connection-requests"},
      paramLabel = "NUM",
      description = "A connection sends at most so many requests.")
  @Nullable Long maxConnectionRequests;

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
      names = {"-D", "--reconnectRate", "--reconnect-rate"},
      paramLabel = "NUM",
      description = "Close a connection after so many requests and open it anew. Default: never.")
  int reconnectRate;

  @Option(
      names = "--new-connection",
      description = "A new connection for each request, as -D 1.")
  boolean newConnection;

  @Option(
      names = {"-s", "--servername"},
      paramLabel = "NAME",
      description = "TLS: the server's name for SNI and its certificate, if not the URL's host.")
  @Nullable String serverName;

  @Option(
      names = {"-k", "--insecure"},
      description = "TLS: accept any certificate.")
  boolean insecure;

  @Option(names = "--cert", paramLabel = "FILE", description = "TLS: client certificate, PEM.")
  @Nullable Path cert;

  @Option(names = "--key", paramLabel = "FILE", description = "TLS: its private key, PEM.")
  @Nullable Path key;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "TLS: trust these authorities, PEM. May be repeated.")
  List<Path> ca = new ArrayList<>();

  @Option(
      names = "--http2",
      description = "Speak HTTP/2: h2 over https, h2c with prior knowledge over http.")
  boolean http2;

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

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      description = "io_uring, epoll or nio. Default: the first of them that this machine has.")
  String transport = "auto";

  @Mixin RequestOptions request = new RequestOptions();

  /**
   * The load that these words ask for.
   *
   * @param urls as they were written
   * @param base what a path alone is relative to
   */
  LoadPlan toPlan(List<String> urls, Optional<URI> base) throws CliException {
    refuseContradictions();
    List<Request> requests = request.toRequests(urls, base);
    try {
      return new LoadPlan(
          requests,
          request.order(),
          connections(),
          pace(),
          amount != null ? new Extent.Count(amount) : new Extent.Time(duration()),
          maxOverallRequests == null ? OptionalLong.empty() : OptionalLong.of(maxOverallRequests),
          timeout,
          grace.compareTo(timeout) < 0 ? grace : timeout,
          bailout == null ? OptionalInt.empty() : OptionalInt.of(bailout),
          workers == 0 ? 1 : workers,
          request.variables(),
          sampleInterval,
          excludeErrorStats,
          transport());
    } catch (IllegalArgumentException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  /** The time asked for; ten seconds where none was. */
  Duration duration() {
    return duration == null ? Duration.ofSeconds(10) : duration;
  }

  private void refuseContradictions() throws CliException {
    if (amount != null && duration != null) {
      throw CliException.usage("--amount and --duration both end the run: give one of them");
    }
    if (connectionRate != null && overallRate != null) {
      throw CliException.usage("--connectionRate and --overallRate both set the pace: give one of them");
    }
    if (arrivals != null && overallRate == null) {
      throw CliException.usage("--arrivals goes with a rate of all connections: give -R");
    }
    if (newConnection && reconnectRate > 1) {
      throw CliException.usage("--new-connection is -D 1: leave one of them out");
    }
    if (http2 && (newConnection || reconnectRate > 0) && pipelining > 1 && reconnectRate % pipelining != 0) {
      throw CliException.usage("-D with HTTP/2 wants a multiple of the streams of -p");
    }
  }

  private Connections connections() {
    return new Connections(
        connections,
        pipelining,
        http2 ? Protocol.HTTP_2 : Protocol.HTTP_1,
        newConnection ? 1 : reconnectRate,
        maxConnectionRequests == null
            ? OptionalLong.empty()
            : OptionalLong.of(maxConnectionRequests),
        Optional.ofNullable(socketPath),
        new Tls(
            insecure,
            ca,
            Optional.ofNullable(cert),
            Optional.ofNullable(key),
            Optional.ofNullable(serverName)));
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

  private Transport transport() throws CliException {
    return switch (transport.toLowerCase(Locale.ROOT)) {
      case "auto" -> Transport.AUTO;
      case "io_uring" -> Transport.IO_URING;
      case "epoll" -> Transport.EPOLL;
      case "nio" -> Transport.NIO;
      default ->
          throw CliException.usage("--transport is io_uring, epoll or nio, not '" + transport + "'");
    };
  }

  /** Reads {@code auto}, a time, or autocannon's {@code [ -c 1 -d 3 ]}. */
  static final class WarmUpConverter implements ITypeConverter<WarmUpPlan> {
    @Override
    public WarmUpPlan convert(String text) {
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
      List<String> words =
          List.of(text.substring(1, text.length() - 1).strip().split("\\s+", -1));
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
}
