package dev.cubit.report;

import dev.cubit.diagnose.flame.FlameGraph;
import dev.cubit.diagnose.flame.FlameGraph.Hot;
import dev.cubit.diagnose.flame.Lens;
import dev.cubit.diagnose.recording.Party;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.AsyncProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Flame graphs as text for a terminal: the hottest methods.
 *
 * @param colour with escape sequences
 */
public record FlameText(boolean colour) {
  private static final int MOST = 15;

  /** The whole text, lines ended. */
  public String of(List<FlameGraph> graphs, Recording recording) {
    Ink ink = new Ink(colour);
    StringBuilder out = new StringBuilder("\n");
    out.append(ink.bold(verdict(graphs))).append('\n');
    recording.async().ifPresent(async -> out.append(sampledBy(async)).append('\n'));
    for (FlameGraph graph : graphs) {
      if (graph.lens() == Lens.CPU && graph.total() > 0) {
        out.append('\n').append(table(ink, graph));
      }
    }
    graphs.stream()
        .filter(graph -> graph.lens() != Lens.CPU && graph.total() > 0)
        .forEach(
            graph ->
                out.append(ink.cyan(capital(graph.lens().title())))
                    .append(": ")
                    .append(amount(graph, graph.total()))
                    .append(", most in ")
                    .append(FlamePage.hottest(graph))
                    .append('\n'));
    return out.toString();
  }

  private static String table(Ink ink, FlameGraph graph) {
    boolean compared = graph.against().isPresent();
    Box box =
        compared
            ? new Box(ink, "Method", "Whose", "Itself", "With callees", "Itself, before")
            : new Box(ink, "Method", "Whose", "Itself", "With callees");
    for (Hot hot : graph.hottest(MOST)) {
      List<String> cells = new ArrayList<>();
      cells.add(Plain.line(hot.method().name()));
      cells.add(whose(hot.method().party()));
      cells.add(Shown.percent(hot.self()));
      cells.add(Shown.percent(hot.total()));
      if (compared) {
        cells.add(Shown.percent(hot.before()));
      }
      box.row(hot.method().party() == Party.APPLICATION ? ink::bold : ink::grey, cells);
    }
    return box.draw();
  }

  /** One sentence: how much, whose, and what is hottest. */
  static String verdict(List<FlameGraph> graphs) {
    return graphs.stream()
        .filter(graph -> graph.lens() == Lens.CPU && graph.total() > 0)
        .findFirst()
        .map(
            graph ->
                amount(graph, graph.total())
                    + " of CPU time: "
                    + graph.byParty().entrySet().stream()
                        .map(e -> whose(e.getKey()) + " " + Shown.percent(e.getValue()))
                        .collect(Collectors.joining(", "))
                    + ". Hottest: "
                    + FlamePage.hottest(graph)
                    + ".")
        .orElse("The recording has no CPU samples.");
  }

  /** One sentence: what async-profiler could see on this machine. */
  static String sampledBy(AsyncProfile async) {
    String who = "Sampled by async-profiler (" + Plain.line(async.engine()) + "): ";
    return async.engine().equals("perf_events")
        ? who + "native code, the JVM and the kernel are seen too."
        : who
            + "native code and the JVM are seen too, the kernel is not, as it lets only root and"
            + " those that sysctl kernel.perf_event_paranoid=1 allows look into it.";
  }

  static String whose(Party party) {
    return switch (party) {
      case APPLICATION -> "your code";
      case DEPENDENCY -> "dependencies";
      case JDK -> "JDK";
      case JVM -> "JVM";
      case KERNEL -> "kernel";
    };
  }

  private static String amount(FlameGraph graph, double weight) {
    return graph.lens() == Lens.ALLOCATION ? Shown.bytes(weight) : Shown.micros(weight / 1e3);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
