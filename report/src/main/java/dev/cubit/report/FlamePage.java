package dev.cubit.report;

import dev.cubit.diagnose.flame.FlameGraph;
import dev.cubit.diagnose.flame.FlameGraph.Hot;
import dev.cubit.diagnose.flame.FlameGraph.Node;
import dev.cubit.diagnose.recording.Party;
import dev.cubit.diagnose.recording.Recording;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Flame graphs as a page. */
public final class FlamePage {
  private static final String HOW_TO_READ =
      "Each box is a method, as wide as its part of the whole; what it calls is below it. A wide"
          + " box with nothing wide below it is where the time goes. Orange is your own code:"
          + " follow it down to the last orange box, and ask what that call is for.";

  /** The order that flame.js knows. */
  private static final List<Party> PARTIES =
      List.of(Party.APPLICATION, Party.DEPENDENCY, Party.JDK, Party.JVM, Party.KERNEL);

  private FlamePage() {}

  /**
   * The page's HTML, which needs no other file and no network.
   *
   * @param graphs of one recording, one for each lens
   * @param title what was recorded
   * @param command the words after {@code cubit} that led to it
   * @param recording of which the graphs are
   */
  public static String of(
      List<FlameGraph> graphs,
      String title,
      Instant at,
      List<String> command,
      Recording recording) {
    Page page = new Page("Cubit flame: " + Plain.line(title));
    page.heading(
        "Cubit flame · " + Environment.time(at), Plain.line(title), Environment.shown(command));
    page.verdict(new Verdict(Verdict.Kind.NEUTRAL, FlameText.verdict(graphs)));
    recording.notes().forEach(warning -> page.warning(Plain.text(warning)));
    page.note(HOW_TO_READ);
    ArrayNode data = JsonNodeFactory.instance.arrayNode();
    graphs.forEach(graph -> graph(data.addObject(), graph));
    page.part(
        new Page.Part(
            "flame",
            data,
            Resources.own("flame.css"),
            List.of("\n" + Resources.own("flame.js")),
            Map.of()));
    page.note(
        recording
                .async()
                .map(FlameText::sampledBy)
                .orElse(
                    "Samples are of running threads, at even steps of CPU time (JEP 509; before"
                        + " Java 25 at even steps of time, of which some threads are taken).")
            + " Allocation is sampled, and stands for the bytes that were allocated between.");
    return page.html();
  }

  private static void graph(ObjectNode out, FlameGraph graph) {
    out.put("title", graph.lens().title());
    out.put("unit", graph.lens().unit());
    out.put("total", Math.round(graph.total()));
    out.put("samples", graph.samples());
    graph.against().ifPresent(before -> out.put("against", Math.round(before)));
    ArrayNode methods = out.putArray("methods");
    ArrayNode parties = out.putArray("party");
    graph
        .methods()
        .forEach(
            method -> {
              methods.add(Plain.line(method.name()));
              parties.add(PARTIES.indexOf(method.party()));
            });
    ArrayNode parents = out.putArray("parent");
    ArrayNode method = out.putArray("method");
    ArrayNode self = out.putArray("self");
    for (Node node : graph.nodes()) {
      parents.add(node.parent());
      method.add(node.method());
      self.add(Math.round(node.self()));
    }
    if (graph.against().isPresent()) {
      ArrayNode before = out.putArray("before");
      graph.nodes().forEach(node -> before.add(Math.round(node.before())));
    }
  }

  /** For a sentence: the method that is hottest. */
  static String hottest(FlameGraph graph) {
    return graph.hottest(1).stream()
        .findFirst()
        .map(Hot::method)
        .map(method -> Plain.line(method.name()))
        .orElse("nothing");
  }
}
