package dev.cubit.cli;

import dev.cubit.diagnose.doctor.Evidence;
import dev.cubit.diagnose.flight.Settings;
import dev.cubit.diagnose.heap.HeapReport;
import dev.cubit.report.HeapJson;
import dev.cubit.report.HeapPage;
import dev.cubit.report.HeapText;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cubit heap}: what fills the heap, and who keeps it. */
@Command(
    name = "heap",
    header = "Show what fills the heap: allocation, what lives on, and who holds it.",
    description = {
      "",
      "Records allocation by site and class under load, the live set after collections, the",
      "collector's pauses, and objects that survive with the chain of references that keeps them."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit heap --load [ -c 50 -d 30 / ] -- java -Xmx512m -jar server.jar",
      "  cubit heap --load [ / ] -- java -XX:NativeMemoryTracking=summary -jar server.jar",
      "  cubit heap --open --pid 4711 -d 60",
      "  cubit heap --recording recording.jfr",
      "",
      "Exit codes: 0 done, 2 wrong usage or file, 3 the target failed, 130 Ctrl-C."
    })
final class HeapCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin DiagnoseOptions options = new DiagnoseOptions();
  @Mixin LoadOptions load = new LoadOptions();

  @Override
  public int run(Words words, List<String> typed, Terminal terminal)
      throws CliException, InterruptedException {
    Session session = new Session(options, load, Settings.HEAP, typed, terminal);
    Optional<Session.Outcome> outcome = session.run(words, "heap");
    if (outcome.isEmpty()) {
      return Exit.OK;
    }
    Session.Outcome of = outcome.get();
    Evidence evidence = of.evidence();
    HeapReport report = HeapReport.of(evidence.recording(), evidence.parties(), evidence.window());
    of.write("heap", HeapPage.of(report, of.title(), typed, of.start()), options.open, terminal);
    terminal
        .out()
        .print(
            options.json
                ? HeapJson.of(report) + "\n"
                : new HeapText(terminal.colour()).of(report) + of.where("heap"));
    terminal.out().flush();
    return of.exitCode();
  }
}
