package dev.cubit.cli;

import dev.cubit.load.LoadPlan;
import dev.cubit.measure.Watched;
import dev.cubit.target.Neighbour;
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

  @Parameters(
      paramLabel = "URL",
      arity = "0..*",
      description = {
        "What to load. With a command behind --, a path is enough. Several are loaded side by side.",
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
    if (words.command().isEmpty() && (onPort || port != null)) {
      throw CliException.usage(
          (onPort ? "--on-port" : "--port") + " needs the command that starts the server, behind --");
    }
    List<String> asked = urls.isEmpty() && namesRequests ? List.of() : urls;
    if (!words.command().isEmpty()) {
      TargetCommand command = command(words.command());
      return new Choice(
          asked.isEmpty() ? List.of("/") : asked, Optional.of(command), Optional.of(NOT_STARTED), false);
    }
    if (asked.isEmpty() && !namesRequests) {
      return new Choice(
          List.of(BUNDLED_PATH), Optional.of(Services.qr()), Optional.of(NOT_STARTED), true);
    }
    String port = environment.getOrDefault("PORT", "");
    return new Choice(
        asked,
        Optional.empty(),
        port.matches("[1-9]\\d{0,4}")
            ? Optional.of(URI.create("http://localhost:" + port))
            : Optional.empty(),
        false);
  }

  private TargetCommand command(List<String> words) throws CliException {
    try {
      return new TargetCommand(
          words,
          port == null ? OptionalInt.empty() : OptionalInt.of(port),
          Map.of(),
          readyTimeout);
    } catch (IllegalArgumentException e) {
      throw new CliException(Exit.USAGE, e);
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
      if (!showOutput) {
        e.lastOutput().forEach(line -> terminal.err().println("target: " + line));
      }
      throw new CliException(Exit.TARGET, e);
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
      String host = first.origin().getHost();
      return InetAddress.getByName(host).isLoopbackAddress()
          ? Neighbour.listeningOn(first.port()).map(Watched::of)
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty(); // the load will say so
    }
  }
}
