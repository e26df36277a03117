package dev.cubit.cli;

import dev.cubit.load.LoadPlan;
import dev.cubit.load.requests.Address;
import dev.cubit.load.requests.RequestFileException;
import dev.cubit.measure.Watched;
import dev.cubit.target.Neighbour;
import dev.cubit.target.OldJava;
import dev.cubit.target.Target;
import dev.cubit.target.TargetCommand;
import dev.cubit.target.TargetException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is loaded: addresses, or a command that is started. */
final class TargetOptions {
  /** What the talk asks the QR service for. */
  private static final String BUNDLED_PATH = "/?data=hello%20cityjs";

  /** Stands for the target's own until it has been started: words are checked before that. */
  private static final URI NOT_STARTED = URI.create("http://localhost:1");

  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0");

  @Parameters(
      paramLabel = "URL",
      arity = "0..*",
      description = {
        "What to load. With a command behind --, a path is enough. Several are loaded side by"
            + " side.",
        "Without any, the QR service that comes with Cubit is started and loaded."
      })
  List<String> urls = new ArrayList<>();

  @Option(
      names = {"--on-port", "--onPort"},
      description = "Start the command behind --, load it when it listens, end it. Implied by --.")
  boolean onPort;

  @Option(
      names = "--port",
      paramLabel = "NUM",
      description = "The port that the command is given as PORT. Default: a free one.")
  @Nullable Integer port;

  @Option(
      names = "--ready-timeout",
      paramLabel = "TIME",
      converter = Durations.Seconds.class,
      description = "How long the command may take until it listens. Default: 30 s.")
  Duration readyTimeout = Duration.ofSeconds(30);

  /**
   * What the words mean.
   *
   * @param urls at least one
   * @param command to be started
   * @param base what a path alone is relative to, before the command is started
   */
  record Choice(
      List<String> urls, Optional<TargetCommand> command, Optional<URI> base, boolean bundled) {}

  Choice choose(Words words, boolean namesRequests, Map<String, String> environment)
      throws CliException {
    if (words.hadSeparator() && words.command().isEmpty()) {
      throw CliException.usage("there is no command behind --");
    }
    if (!words.command().isEmpty()) {
      List<String> asked = urls.isEmpty() ? List.of("/") : urls;
      return new Choice(
          asked,
          Optional.of(command(words.command(), portOf(asked))),
          Optional.of(NOT_STARTED),
          false);
    }
    if (onPort || port != null) {
      throw CliException.usage(
          (onPort ? "--on-port" : "--port")
              + " needs the command that starts the server, behind --");
    }
    if (urls.isEmpty() && !namesRequests) {
      return new Choice(
          List.of(BUNDLED_PATH), Optional.of(Services.qr()), Optional.of(NOT_STARTED), true);
    }
    String base = environment.getOrDefault("PORT", "");
    return new Choice(
        urls,
        Optional.empty(),
        base.matches("[1-9]\\d{0,4}")
            ? Optional.of(URI.create("http://localhost:" + base))
            : Optional.empty(),
        false);
  }

  /** Where a URL names host and port, the command is told that port. */
  private static OptionalInt portOf(List<String> urls) throws CliException {
    OptionalInt found = OptionalInt.empty();
    for (String url : urls) {
      URI origin = origin(url);
      if (origin.equals(NOT_STARTED)) {
        continue;
      }
      if (origin.getHost() == null || !HERE.contains(origin.getHost())) {
        throw CliException.usage(
            "the command behind -- is started on this machine, and "
                + url
                + " is on another: give only the path");
      }
      if (origin.getPort() < 0 || found.orElse(origin.getPort()) != origin.getPort()) {
        throw CliException.usage(
            "with a command behind --, "
                + url
                + " has to name its one port, or give only the path");
      }
      found = OptionalInt.of(origin.getPort());
    }
    return found;
  }

  private static URI origin(String url) throws CliException {
    try {
      return Address.parse(url, Optional.of(NOT_STARTED)).origin();
    } catch (RequestFileException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  private TargetCommand command(List<String> words, OptionalInt ofUrls) throws CliException {
    if (port != null && ofUrls.isPresent() && ofUrls.getAsInt() != port) {
      throw CliException.usage(
          "--port says " + port + " and the URL " + ofUrls.getAsInt() + ": give one of them");
    }
    try {
      return new TargetCommand(
          words, port == null ? ofUrls : OptionalInt.of(port), Map.of(), readyTimeout);
    } catch (IllegalArgumentException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  /** A target that took another port than the one it was told, and that the URL names. */
  void requirePort(Target target) throws CliException {
    OptionalInt named = portOf(urls);
    if (named.isPresent() && named.getAsInt() != target.port()) {
      throw new CliException(
          Exit.TARGET,
          "the URL names port "
              + named.getAsInt()
              + ", but the command listens on "
              + target.port()
              + ": give only the path");
    }
  }

  /** Starts a target; a failure is shown with its last lines. */
  static Target start(TargetCommand command, Terminal terminal, boolean showOutput)
      throws CliException, InterruptedException {
    Consumer<String> output =
        showOutput ? line -> terminal.err().println("target: " + line) : line -> {};
    try {
      return Target.start(command, output);
    } catch (TargetException e) {
      if (Interrupts.interrupted()) {
        throw new CliException(Exit.INTERRUPTED, "stopped before the target was ready");
      }
      if (!showOutput) {
        e.lastOutput().forEach(line -> terminal.err().println("target: " + line));
      }
      throw new CliException(Exit.TARGET, e.getMessage() + OldJava.advice(e.lastOutput()));
    }
  }

  static URI origin(Target target) {
    return URI.create("http://" + target.host() + ":" + target.port());
  }

  /** The process behind a plan's address, where it is one of this machine's. */
  static Optional<Watched> watched(LoadPlan plan) {
    var first = plan.requests().getFirst();
    if (plan.connections().unixSocket().isPresent()) {
      return Optional.empty();
    }
    try {
      String host = first.host();
      return InetAddress.getByName(host).isLoopbackAddress()
          ? Neighbour.listeningOn(first.port()).map(Watched::of)
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty(); // the load will say so
    }
  }
}
