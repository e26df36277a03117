package dev.cubit.cli;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.doctor.Evidence;
import dev.cubit.diagnose.flame.Export;
import dev.cubit.diagnose.flame.FlameGraph;
import dev.cubit.diagnose.flame.Lens;
import dev.cubit.diagnose.flight.Settings;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.RecordingReader;
import dev.cubit.diagnose.recording.Window;
import dev.cubit.report.FlameJson;
import dev.cubit.report.FlamePage;
import dev.cubit.report.FlameText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cubit flame}: which code the time goes to. */
@Command(
    name = "flame",
    header = "Show which code the CPU time, the waiting and the allocation go to.",
    description = {
      "",
      "Records a JVM under load and draws flame graphs: CPU time, waiting, allocation and locks;",
      "your own code told from dependencies, the JDK, the JVM and, by async-profiler, the kernel."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit flame --load [ -c 200 '/?data=ciao' ] -- java -jar server.jar",
      "  cubit flame --profiler async --load [ -c 50 / ] -- java -jar server.jar",
      "  cubit flame --open --pid 4711 -d 30",
      "  cubit flame --recording after.jfr --against before.jfr",
      "  cubit flame --recording a.jfr --collapsed a.txt --speedscope a.speedscope.json",
      "",
      "Exit codes: 0 done, 2 wrong usage or file, 3 the target failed, 130 Ctrl-C."
    })
final class FlameCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin DiagnoseOptions options = new DiagnoseOptions();

  @Option(
      names = "--against",
      paramLabel = "FILE.jfr",
      description = "Compare with this recording: what has become hotter is red, colder blue.")
  @Nullable Path against;

  @Option(
      names = "--collapsed",
      paramLabel = "FILE",
      description = "Write the CPU stacks as collapsed text, for flamegraph.pl and others.")
  @Nullable Path collapsed;

  @Option(
      names = "--speedscope",
      paramLabel = "FILE",
      description = "Write the CPU stacks for speedscope.app.")
  @Nullable Path speedscope;

  @Mixin LoadOptions load = new LoadOptions();

  @Override
  public int run(Words words, List<String> typed, Terminal terminal)
      throws CliException, InterruptedException {
    Optional<Recording> before = against == null ? Optional.empty() : Optional.of(read(against));
    Session session = new Session(options, load, Settings.FLAME, typed, terminal);
    Optional<Session.Outcome> outcome = session.run(words, "flame");
    if (outcome.isEmpty()) {
      return Exit.OK;
    }
    Session.Outcome of = outcome.get();
    List<FlameGraph> graphs = graphs(of.evidence(), before);
    of.write(
        "flame",
        FlamePage.of(graphs, of.title(), of.start(), typed, of.evidence().recording()),
        options.open,
        terminal);
    if (collapsed != null) {
      Output.write(collapsed, Export.collapsed(graphs.getFirst()));
    }
    if (speedscope != null) {
      Output.write(speedscope, Export.speedscope(graphs.getFirst(), of.title()));
    }
    terminal
        .out()
        .print(
            options.json
                ? FlameJson.of(graphs, of.evidence().recording()) + "\n"
                : new FlameText(terminal.colour()).of(graphs, of.evidence().recording())
                    + of.where("flame"));
    terminal.out().flush();
    return of.exitCode();
  }

  private static List<FlameGraph> graphs(Evidence evidence, Optional<Recording> before) {
    List<FlameGraph> graphs = new ArrayList<>();
    for (Lens lens : Lens.values()) {
      graphs.add(
          before.isEmpty()
              ? FlameGraph.of(evidence.recording(), evidence.parties(), lens, evidence.window())
              : FlameGraph.difference(
                  evidence.recording(),
                  evidence.window(),
                  before.get(),
                  Window.whole(before.get()),
                  evidence.parties(),
                  lens));
    }
    return graphs;
  }

  private static Recording read(Path file) throws CliException {
    try {
      return RecordingReader.read(file);
    } catch (DiagnoseException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }
}
