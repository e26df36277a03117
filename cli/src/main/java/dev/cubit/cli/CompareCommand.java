package dev.cubit.cli;

import dev.cubit.measure.Comparison;
import dev.cubit.measure.MeasureException;
import dev.cubit.measure.Run;
import dev.cubit.measure.RunStore;
import dev.cubit.report.ComparisonPage;
import dev.cubit.report.ComparisonReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cubit compare}: is one run faster than another, or is it noise? */
@Command(
    name = "compare",
    header = "Say whether run B is faster or slower than run A, or the same.",
    description = {
      "",
      "Runs are kept in .cubit/runs by cubit baseline; latest and latest~1 name the last two.",
      "The verdict has a 95 %% confidence interval that allows for how samples depend on each"
          + " other."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit compare latest~1 latest",
      "  cubit compare before after --fail-if-slower 5%%      exit code 1 if it is",
      "  cubit compare before after --html difference.html",
      "",
      "Exit codes: 0 done, 1 slower than allowed, 2 wrong usage or no such run."
    })
final class CompareCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "A", description = "The baseline.")
  String a = "";

  @Parameters(index = "1", paramLabel = "B", description = "The run that is judged.")
  String b = "";

  @Option(
      names = "--fail-if-slower",
      paramLabel = "PERCENT",
      description = "Exit with 1 where B is slower by more than this, as in 5%%.")
  @Nullable String failIfSlower;

  @Option(
      names = {"-j", "--json"},
      description = "Print the result as one line of JSON, see docs/json.md.")
  boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write both runs side by side as one self-contained page.")
  @Nullable Path html;

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    double percent = percent();
    try {
      RunStore store = RunStore.here();
      Run first = store.load(a);
      Run second = store.load(b);
      Comparison comparison = Comparison.of(first, second);
      Optional<Comparison.Gate> gate =
          failIfSlower == null ? Optional.empty() : Optional.of(comparison.failIfSlower(percent));
      terminal
          .out()
          .print(
              json
                  ? ComparisonReport.json(comparison, gate) + "\n"
                  : ComparisonReport.text(comparison, gate, terminal.colour()));
      if (html != null) {
        Output.write(html, ComparisonPage.of(comparison, first, second));
      }
      return gate.isPresent() && gate.get().failed() ? Exit.FAILED : Exit.OK;
    } catch (MeasureException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  private double percent() throws CliException {
    if (failIfSlower == null) {
      return 0;
    }
    String number = failIfSlower.replaceFirst("\\s*%$", "");
    if (!number.matches("\\d{1,4}(\\.\\d{1,6})?")) {
      throw CliException.usage(
          "--fail-if-slower is a percentage as in 5%, not '" + failIfSlower + "'");
    }
    return Double.parseDouble(number);
  }
}
