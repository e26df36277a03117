package dev.cubit.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which JVM is looked at, under what load, and where the result goes. */
final class DiagnoseOptions {
  @Parameters(
      paramLabel = "URL",
      arity = "0..*",
      description =
          "What to load, as in cubit baseline; with a command behind --, a path is enough.")
  List<String> urls = new ArrayList<>();

  @Option(
      names = {"--load", "--autocannon"},
      paramLabel = "[ ... ]",
      description = {
        "Load it meanwhile: the words of cubit baseline, between brackets with spaces around, as",
        "[ -c 200 '/?data=ciao' ]. They may stand without the brackets as well. Without a load",
        "it records until Ctrl-C, or for -d."
      })
  boolean load;

  @Option(
      names = "--on-port",
      paramLabel = "COMMAND",
      description = "The load is this shell command; it has the port of the target as PORT.")
  @Nullable String onPort;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "A JVM that runs already, of the same user.")
  @Nullable Long pid;

  @Option(
      names = "--recording",
      paramLabel = "FILE.jfr",
      description = "Nothing is run: this flight recording is read.")
  @Nullable Path recording;

  @Option(
      names = "--collect-only",
      description = "Only record; --recording FILE reads it later, or on another machine.")
  boolean collectOnly;

  @Option(
      names = "--profiler",
      paramLabel = "jfr|async",
      description = {
        "Who records: the JVM's own flight recorder, the default; or async-profiler, which sees",
        "native code, the JVM and the kernel too, for cubit flame."
      })
  String profiler = "jfr";

  @Option(
      names = "--app",
      paramLabel = "PACKAGE",
      split = ",",
      description = {
        "Packages that are your own code. Default: those that begin as the main class's does.",
        "May be repeated."
      })
  List<String> application = new ArrayList<>();

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

  @Option(
      names = {"-j", "--json"},
      description = "Print the result as one line of JSON, see docs/json.md.")
  boolean json;

  @Option(names = "--open", description = "Open the page in the browser.")
  boolean open;

  @Option(names = "--debug", description = "Show on stderr what the target writes.")
  boolean debug;

  @Option(
      names = {"-n", "--no-progress"},
      description = "No progress.")
  boolean noProgress;

  @Option(
      names = {"-q", "--quiet"},
      description = "Nothing but the result.")
  boolean quiet;

  boolean silent() {
    return quiet || noProgress || json;
  }

  /** Refuses words that contradict each other, before anything is started. */
  void check(Words words, LoadOptions loadOptions, String tool) throws CliException {
    checkProfiler(tool);
    boolean command = !words.command().isEmpty();
    if (words.hadSeparator() && !command) {
      throw CliException.usage("there is no command behind --");
    }
    int ways = (command ? 1 : 0) + (pid != null ? 1 : 0) + (recording != null ? 1 : 0);
    if (ways > 1) {
      throw CliException.usage(
          "a command behind --, --pid and --recording each name what is looked at: give one of"
              + " them");
    }
    if (recording != null && (isLoaded(loadOptions) || onPort != null || collectOnly)) {
      throw CliException.usage(
          "--recording reads what was recorded before: leave the load and --collect-only out");
    }
    if (onPort != null && isLoaded(loadOptions)) {
      throw CliException.usage("--on-port and --load both make the load: give one of them");
    }
    if (onPort != null && !command) {
      throw CliException.usage("--on-port needs the command that starts the server, behind --");
    }
    if (ways == 0 && urls.isEmpty() && !loadOptions.request.namesRequests()) {
      throw CliException.usage(
          "there is nothing to look at: give a command behind --, a URL on this machine, --pid or"
              + " --recording");
    }
    if (!isLoaded(loadOptions) && words.words().stream().anyMatch(DiagnoseOptions::isOfLoad)) {
      throw CliException.usage(
          "the load has no URL: give one, or only its path, as --load [ -c 50 / ]");
    }
  }

  private void checkProfiler(String tool) throws CliException {
    if (!isAsync() && !profiler.equals("jfr")) {
      throw CliException.usage("--profiler is jfr or async, not '" + profiler + "'");
    }
    if (isAsync() && !tool.equals("flame")) {
      throw CliException.usage(
          "--profiler async is for cubit flame: cubit "
              + tool
              + " needs collections and waits, which only the JVM's own recorder tells");
    }
    if (isAsync() && recording != null) {
      throw CliException.usage(
          "--profiler says who records, and --recording reads what is recorded: leave --profiler"
              + " out");
    }
  }

  /** True where async-profiler records. */
  boolean isAsync() {
    return profiler.equals("async");
  }

  private static boolean isOfLoad(String word) {
    return word.matches("-[cR]\\d*|--(?:connections|rate|overall-?[rR]ate)(?:=.*)?");
  }

  /** True where Cubit itself sends requests. */
  boolean isLoaded(LoadOptions loadOptions) {
    return load || !urls.isEmpty() || loadOptions.request.namesRequests();
  }

  /** The same words as {@code cubit baseline} has them. */
  TargetOptions target() {
    TargetOptions target = new TargetOptions();
    target.urls = urls.isEmpty() ? List.of("/") : urls;
    target.port = port;
    target.readyTimeout = readyTimeout;
    return target;
  }
}
