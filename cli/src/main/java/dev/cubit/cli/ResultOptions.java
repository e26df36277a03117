package dev.cubit.cli;

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
}
