package dev.cubit.cli;

import dev.cubit.diagnose.bubble.Bubbles;
import dev.cubit.diagnose.doctor.Evidence;
import dev.cubit.diagnose.flight.Settings;
import dev.cubit.report.BubbleJson;
import dev.cubit.report.BubblePage;
import dev.cubit.report.BubbleText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cubit bubble}: where a request's time goes while it is not on the CPU. */
@Command(
    name = "bubble",
    header = "Show where a request's time goes while it is not on the CPU.",
    description = {
      "",
      "Records every wait of a millisecond and more under load, and groups them: your code by",
      "package, drivers and clients, locks, pools, sleep, disk, sockets by address, the collector;",
      "and who waits for whom. The page lets you look into each, and at a part of the run."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit bubble --load [ -c 200 '/?data=ciao' ] -- java -jar server.jar",
      "  cubit bubble --open --pid 4711 -d 30",
      "  cubit bubble --recording recording.jfr",
      "",
      "Exit codes: 0 done, 2 wrong usage or file, 3 the target failed, 130 Ctrl-C."
    })
final class BubbleCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin DiagnoseOptions options = new DiagnoseOptions();
  @Mixin LoadOptions load = new LoadOptions();

  @Override
  public int run(Words words, List<String> typed, Terminal terminal)
      throws CliException, InterruptedException {
    Session session = new Session(options, load, Settings.BUBBLE, typed, terminal);
    Optional<Session.Outcome> outcome = session.run(words, "bubble");
    if (outcome.isEmpty()) {
      return Exit.OK;
    }
    Session.Outcome of = outcome.get();
    Evidence evidence = of.evidence();
    Bubbles bubbles =
        Bubbles.of(
            evidence.recording(), evidence.parties(), inFlightTime(evidence), evidence.dumps());
    of.write(
        "bubble",
        BubblePage.of(bubbles, evidence.parties(), of.title(), of.start(), typed, List.of()),
        options.open,
        terminal);
    terminal
        .out()
        .print(
            options.json
                ? BubbleJson.of(bubbles) + "\n"
                : new BubbleText(terminal.colour()).of(bubbles) + of.where("bubble"));
    terminal.out().flush();
    return of.exitCode();
  }

  private static Duration inFlightTime(Evidence evidence) {
    return evidence.ledger().known()
        ? Duration.ofMillis(
            Math.round(evidence.ledger().inFlight() * evidence.window().seconds() * 1_000))
        : Duration.ZERO;
  }
}
