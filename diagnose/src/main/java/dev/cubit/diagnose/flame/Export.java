package dev.cubit.diagnose.flame;

import dev.cubit.diagnose.flame.FlameGraph.Node;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Flame graphs for other tools. */
public final class Export {
  private Export() {}

  /**
   * Collapsed stacks, one a line, as flamegraph.pl and others take them: {@code a;b;c 12}. Weights
   * are whole numbers of the lens's unit.
   */
  public static String collapsed(FlameGraph graph) {
    StringBuilder out = new StringBuilder();
    for (int i = 1; i < graph.nodes().size(); i++) {
      long self = Math.round(graph.nodes().get(i).self());
      if (self > 0) {
        out.append(
                graph.path(i).stream()
                    .map(m -> m.name().replace(';', ','))
                    .collect(Collectors.joining(";")))
            .append(' ')
            .append(self)
            .append('\n');
      }
    }
    return out.toString();
  }

  /** The file format of speedscope.app, one sampled profile. */
  public static String speedscope(FlameGraph graph, String name) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("$schema", "https://www.speedscope.app/file-format-schema.json");
    out.put("exporter", "cubit");
    out.put("name", name);
    out.put("activeProfileIndex", 0);
    ArrayNode frames = out.putObject("shared").putArray("frames");
    graph.methods().forEach(method -> frames.addObject().put("name", method.name()));
    ObjectNode profile = out.putArray("profiles").addObject();
    profile.put("type", "sampled");
    profile.put("name", graph.lens().title());
    profile.put("unit", graph.lens().unit());
    profile.put("startValue", 0);
    profile.put("endValue", Math.round(graph.total()));
    ArrayNode samples = profile.putArray("samples");
    ArrayNode weights = profile.putArray("weights");
    for (int i = 1; i < graph.nodes().size(); i++) {
      long self = Math.round(graph.nodes().get(i).self());
      if (self > 0) {
        ArrayNode stack = samples.addArray();
        path(graph, i, stack);
        weights.add(self);
      }
    }
    return out.toString();
  }

  private static void path(FlameGraph graph, int node, ArrayNode into) {
    if (node > 0) {
      Node at = graph.nodes().get(node);
      path(graph, at.parent(), into);
      into.add(at.method());
    }
  }
}
