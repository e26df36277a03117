package dev.cubit.cli;

import dev.cubit.load.LoadException;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Ending;
import dev.cubit.load.Pace;
import dev.cubit.measure.Baseline;
import dev.cubit.measure.Goal;
import dev.cubit.measure.Retarget;
import dev.cubit.measure.Run;
import dev.cubit.measure.Watched;
import dev.cubit.target.Target;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cubit baseline}: one load on a target, told and kept. */
@Command(
    name = "baseline",
    header = "Load an HTTP service and say how fast it answers.",
    description = {
      "",
      "Takes the words of autocannon 9, in its spelling too (--overallRate), and wrk's -t8 -c200"
          + " -d10s.",
      "Without a rate, each connection sends as soon as it has an answer (closed model); with -R,",
      "requests leave on schedule."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit baseline                                    the bundled QR service",
      "  cubit baseline -c 200 -d 10 http://localhost:8080/",
      "  cubit baseline -c 200 --on-port '/?data=hello' -- java -jar server.jar",
      "  cubit baseline -R 500 --goal 'p99<50ms' http://localhost:8080/     exit code 1 if missed",
      "  cubit baseline -I '/?data=[<text:12>]' -- java -jar qr.jar         other data each time",
      "  cubit baseline --warmup auto --ceiling --html result.html / -- ./server",
      "  cubit baseline -t8 -c200 -d10s http://localhost:8080/              as wrk",
      "",
      "Exit codes: 0 done, 1 a goal or check failed, 2 wrong usage, 3 the target failed, 130"
          + " Ctrl-C."
    })
final class BaselineCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin TargetOptions targetOptions = new TargetOptions();
  @Mixin LoadOptions load = new LoadOptions();
  @Mixin ResultOptions result = new ResultOptions();

  @Option(
      names = "--ceiling",
      description = "Also load a server that does nothing, and say what share of it is reached.")
  boolean ceiling;

  @Option(
      names = {"-f", "--forever"},
      description = "Again and again, until Ctrl-C.")
  boolean forever;

  @Option(
      names = {"-C", "--ignoreCoordinatedOmission", "--ignore-coordinated-omission"},
      hidden = true)
  boolean ignoreCoordinatedOmission;

  @Override
  public int run(Words words, List<String> typed, Terminal terminal)
      throws CliException, InterruptedException {
    TargetOptions.Choice choice =
        targetOptions.choose(words, load.request.namesRequests(), System.getenv());
    // wrong words are told before anything is started
    List<Goal> goals = result.toGoals();
    LoadPlan plan = load.toPlan(choice.urls(), choice.base(), terminal::note);
    refuseContradictions(plan);
    if (choice.bundled() && !result.quiet) {
      terminal.note("no URL was given: loading the QR service that comes with Cubit");
    }
    int code;
    do {
      code =
          choice.command().isPresent()
              ? onStarted(choice, goals, typed, terminal)
              : measure(plan, TargetOptions.watched(plan), goals, typed, terminal);
    } while (forever && code != Exit.TARGET && !Interrupts.interrupted());
    return code;
  }

  private void refuseContradictions(LoadPlan plan) throws CliException {
    if (ignoreCoordinatedOmission) {
      throw CliException.usage(
          "-C makes no sense here: no sample is invented, and the service time without the wait"
              + " before sending is always shown beside the latency; leave -C out");
    }
    if (ceiling && !(plan.pace() instanceof Pace.AsAnswered)) {
      throw CliException.usage(
          "--ceiling is the most that can be reached, so the load cannot have a fixed rate: leave"
              + " one of them out");
    }
    if (ceiling) {
      Services.hello(); // there, or a sentence
    }
  }

  private int onStarted(
      TargetOptions.Choice choice, List<Goal> goals, List<String> typed, Terminal terminal)
      throws CliException, InterruptedException {
    try (Target target =
        TargetOptions.start(choice.command().orElseThrow(), terminal, result.debug)) {
      targetOptions.requirePort(target);
      LoadPlan plan =
          load.toPlan(choice.urls(), Optional.of(TargetOptions.origin(target)), note -> {});
      int code = measure(plan, Optional.of(Watched.of(target)), goals, typed, terminal);
      if (!target.isAlive() && !Interrupts.interrupted()) {
        target.lastOutput().forEach(line -> terminal.err().println("target: " + line));
        terminal.note(
            "the target ended during the load, with exit code " + target.exitCode().orElse(-1));
        return Exit.TARGET;
      }
      return code;
    }
  }

  private int measure(
      LoadPlan plan,
      Optional<Watched> watched,
      List<Goal> goals,
      List<String> typed,
      Terminal terminal)
      throws CliException, InterruptedException {
    Run.Question question = Questions.of(plan, load, result.title);
    Run run = run(plan, question, watched, typed, terminal);
    if (ceiling && !Interrupts.interrupted() && run.load().responses() > 0) {
      run = withCeiling(run, plan, question, typed, terminal);
    }
    run = result.keep(run, terminal);
    List<Goal.Outcome> outcomes = Goal.checkAll(goals, run);
    result.tell(run, outcomes, terminal);
    return exitCode(run, outcomes, terminal);
  }

  private Run run(
      LoadPlan plan,
      Run.Question question,
      Optional<Watched> watched,
      List<String> typed,
      Terminal terminal)
      throws CliException, InterruptedException {
    try (ProgressView view =
        result.silent() ? ProgressView.silent() : ProgressView.of(question, terminal)) {
      Baseline baseline = new Baseline(plan, question, typed, load.warmUp, watched, view::show);
      Interrupts.stopWith(baseline::stop);
      return baseline.run();
    } catch (LoadException e) {
      throw new CliException(Exit.USAGE, e);
    } finally {
      Interrupts.stopWith(() -> {});
    }
  }

  /** The run is told in any case, with its share of the ceiling where that can be said. */
  private Run withCeiling(
      Run run, LoadPlan plan, Run.Question question, List<String> typed, Terminal terminal)
      throws InterruptedException {
    if (run.saturation().isPresent()) {
      terminal.note("no share of the ceiling is told of a run that is no more than a floor");
      return run;
    }
    try (Target hello = TargetOptions.start(Services.hello(), terminal, false)) {
      LoadPlan same = Retarget.toRoot(plan, TargetOptions.origin(hello));
      Run bare = run(same, question, Optional.of(Watched.of(hello)), typed, terminal);
      double most = bare.load().requestsPerSecond();
      return most == 0 || Interrupts.interrupted()
          ? run
          : run.with(
              new Run.CeilingShare(
                  most, run.load().requestsPerSecond() / most, bare.saturation().isPresent()));
    } catch (CliException e) {
      terminal.note("the ceiling is not known: " + e.getMessage());
      return run;
    }
  }

  private int exitCode(Run run, List<Goal.Outcome> outcomes, Terminal terminal) {
    LoadResult loaded = run.load();
    if (loaded.ending() == Ending.INTERRUPTED) {
      return Exit.INTERRUPTED;
    }
    boolean asExpected =
        load.request.hasChecks() && loaded.mismatches() == 0 && loaded.responses() > 0;
    if (!asExpected && loaded.responsesOfClass(2) + loaded.responsesOfClass(3) == 0) {
      terminal.note("nothing succeeded: " + Failure.of(loaded));
      return Exit.TARGET;
    }
    boolean held = outcomes.stream().allMatch(Goal.Outcome::held);
    return held && loaded.mismatches() == 0 ? Exit.OK : Exit.FAILED;
  }
}
