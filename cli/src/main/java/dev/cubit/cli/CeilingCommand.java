package dev.cubit.cli;

import dev.cubit.load.LoadException;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.Pace;
import dev.cubit.measure.Ceiling;
import dev.cubit.measure.CeilingResult;
import dev.cubit.measure.MeasureException;
import dev.cubit.measure.Retarget;
import dev.cubit.measure.SteadyState;
import dev.cubit.measure.WarmUpPlan;
import dev.cubit.measure.Watched;
import dev.cubit.report.CeilingPage;
import dev.cubit.report.CeilingReport;
import dev.cubit.target.Target;
import dev.cubit.target.TargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cubit ceiling}: the same load on the target and on servers that do nothing. */
@Command(
    name = "ceiling",
    header = "Say what share of this machine's ceiling a service reaches.",
    description = {
      "",
      "Puts the same load, in turn, on the target, on a server that does nothing, and on one that",
      "does nothing but answer as many bytes as the target. Takes the options of cubit baseline;",
      "-d is the length of each of the rounds."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit ceiling                                     the bundled QR service",
      "  cubit ceiling -c 200 -d 5 --on-port '/?data=hello' -- java -jar server.jar",
      "  cubit ceiling --rounds 5 --html ceiling.html http://localhost:8080/",
      "",
      "Exit codes: 0 done, 2 wrong usage, 3 the target failed, 130 Ctrl-C."
    })
final class CeilingCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin TargetOptions targetOptions = new TargetOptions();
  @Mixin LoadOptions load = new LoadOptions();

  @Option(
      names = "--rounds",
      paramLabel = "NUM",
      description = "How often each is loaded. Default: 3.")
  int rounds = Ceiling.ROUNDS;

  @Option(
      names = {"-j", "--json"},
      description = "Print the result as one line of JSON, see docs/json.md.")
  boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the table, the latencies and the rounds as a self-contained page.")
  @Nullable Path html;

  @Option(
      names = {"-n", "--no-progress", "-q", "--quiet"},
      description = "No progress.")
  boolean quiet;

  @Override
  public int run(Words words, List<String> typed, Terminal terminal)
      throws CliException, InterruptedException {
    if (rounds < 1 || rounds > 100) {
      throw CliException.usage("--rounds is 1 to 100, not " + rounds);
    }
    TargetOptions.Choice choice =
        targetOptions.choose(words, load.request.namesRequests(), System.getenv());
    LoadPlan plan = load.toPlan(choice.urls(), choice.base(), terminal::note);
    if (!(plan.pace() instanceof Pace.AsAnswered)) {
      throw CliException.usage(
          "a ceiling is the most that can be reached, so the load cannot have a fixed rate: leave"
              + " the rate out");
    }
    if (choice.bundled() && !quiet) {
      terminal.note("no URL was given: loading the QR service that comes with Cubit");
    }
    if (choice.command().isEmpty()) {
      return against(plan, TargetOptions.watched(plan), "target", typed, terminal);
    }
    try (Target target = TargetOptions.start(choice.command().get(), terminal, false)) {
      targetOptions.requirePort(target);
      LoadPlan started =
          load.toPlan(choice.urls(), Optional.of(TargetOptions.origin(target)), note -> {});
      String name = choice.bundled() ? "qr" : "target";
      return against(started, Optional.of(Watched.of(target)), name, typed, terminal);
    }
  }

  private int against(
      LoadPlan plan, Optional<Watched> watched, String name, List<String> typed, Terminal terminal)
      throws CliException, InterruptedException {
    List<Target> started = new ArrayList<>();
    try (ProgressView view = quiet || json ? ProgressView.silent() : ProgressView.of(terminal)) {
      Target hello = TargetOptions.start(Services.hello(), terminal, false);
      started.add(hello);
      Ceiling ceiling =
          new Ceiling(
              new Ceiling.Contender(name, plan, watched),
              contender("hello", plan, hello),
              Optional.of(bytes -> sized(bytes, plan, started)),
              rounds,
              load.warmUp instanceof WarmUpPlan.None
                  ? new WarmUpPlan.Auto(SteadyState.DEFAULT_BOUND)
                  : load.warmUp,
              view::show);
      Interrupts.stopWith(ceiling::stop);
      CeilingResult result = ceiling.run();
      view.close();
      terminal
          .out()
          .print(
              json
                  ? CeilingReport.json(result) + "\n"
                  : CeilingReport.text(result, terminal.colour()));
      if (html != null) {
        Output.write(html, CeilingPage.of(result, typed));
      }
      return result.interrupted() ? Exit.INTERRUPTED : Exit.OK;
    } catch (LoadException e) {
      throw new CliException(Exit.USAGE, e);
    } catch (MeasureException | TargetException e) {
      throw new CliException(Interrupts.interrupted() ? Exit.INTERRUPTED : Exit.TARGET, e);
    } finally {
      started.forEach(Target::close);
    }
  }

  private static Ceiling.Contender contender(String name, LoadPlan plan, Target target) {
    return new Ceiling.Contender(
        name, Retarget.toRoot(plan, TargetOptions.origin(target)), Optional.of(Watched.of(target)));
  }

  private static Ceiling.Contender sized(long bytes, LoadPlan plan, List<Target> started)
      throws TargetException {
    try {
      Target target = Target.start(Services.hello(bytes), line -> {});
      started.add(target);
      return contender("hello with " + bytes + " bytes", plan, target);
    } catch (CliException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
