package dev.cubit.cli;

import dev.cubit.measure.Goal;
import dev.cubit.measure.HdrLog;
import dev.cubit.measure.MeasureException;
import dev.cubit.measure.Run;
import dev.cubit.measure.RunStore;
import dev.cubit.report.RunJson;
import dev.cubit.report.RunPage;
import dev.cubit.report.RunText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is told of a run, and where. */
final class ResultOptions {
  @Option(
      names = {"-T", "--title"},
      paramLabel = "TITLE",
      description = "A title for the results.")
  @Nullable String title;

  @Option(
      names = {"-l", "--latency", "--renderLatencyTable"},
      description = "Print all latency percentiles.")
  boolean latency;

  @Option(
      names = {"--renderStatusCodes", "--statusCodes", "--status-codes"},
      description = "Print how many responses had which status.")
  boolean statusCodes;

  @Option(
      names = {"-j", "--json"},
      description = "Print the result as one line of JSON, see docs/json.md.")
  boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the result as one self-contained page.")
  @Nullable Path html;

  @Option(
      names = "--hdr",
      paramLabel = "FILE",
      description = "Write the histograms as an HdrHistogram log.")
  @Nullable Path hdr;

  @Option(
      names = "--save",
      paramLabel = "NAME",
      description = "Keep the run under this name. Default: the time it began.")
  @Nullable String save;

  @Option(names = "--no-save", description = "Do not keep the run.")
  boolean noSave;

  @Option(
      names = "--goal",
      paramLabel = "GOAL",
      description = {
        "A bound that must hold, else exit code 1: 'p99<50ms', 'errors<0.1%%', 'rps>1000',",
        "'rss<500MB', 'cpu<150%%'. May be repeated."
      })
  List<String> goals = new ArrayList<>();

  @Option(
      names = "--debug",
      description = "Show on stderr what the target writes, and an example of each error.")
  boolean debug;

  @Option(
      names = {"-n", "--no-progress"},
      description = "No progress.")
  boolean noProgress;

  /** The other way round, as autocannon has it as well. */
  @Option(
      names = {"--progress", "--renderProgressBar"},
      hidden = true)
  boolean progress = true;

  @Option(
      names = {"-q", "--quiet"},
      description = "Nothing but the result.")
  boolean quiet;

  boolean silent() {
    return quiet || noProgress || !progress || json;
  }

  /** Refuses goals that are none and names that no run can have, before anything is measured. */
  List<Goal> toGoals() throws CliException {
    if (save != null && noSave) {
      throw CliException.usage("--save and --no-save are the opposite: leave one of them out");
    }
    try {
      if (save != null) {
        RunStore.requireName(save);
      }
      List<Goal> all = new ArrayList<>();
      for (String goal : goals) {
        all.add(Goal.parse(goal));
      }
      return all;
    } catch (MeasureException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  /** Keeps a run; where that fails the result itself is still told. */
  Run keep(Run run, Terminal terminal) {
    if (noSave) {
      return run;
    }
    try {
      RunStore store = RunStore.here();
      return save == null ? store.save(run) : store.save(run, save);
    } catch (MeasureException e) {
      terminal.note(String.valueOf(e.getMessage()));
      return run;
    }
  }

  void tell(Run run, List<Goal.Outcome> outcomes, Terminal terminal) throws CliException {
    if (debug) {
      run.load()
          .errors()
          .forEach(
              (kind, errors) ->
                  terminal.note(
                      "%s, %d times: %s".formatted(kind, errors.count(), errors.example())));
    }
    if (json) {
      terminal.out().println(RunJson.of(run, outcomes));
    } else {
      terminal.out().print(new RunText(terminal.colour(), latency, statusCodes).of(run, outcomes));
    }
    terminal.out().flush();
    if (html != null) {
      Output.write(html, RunPage.of(run, outcomes));
    }
    if (hdr != null) {
      try {
        HdrLog.write(run, hdr);
      } catch (MeasureException e) {
        throw new CliException(Exit.USAGE, e);
      }
    }
  }
}
