package dev.cubit.report;

import dev.cubit.diagnose.flame.FlameGraph;
import dev.cubit.diagnose.recording.Recording;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The hottest methods as one line of JSON; docs/json.md says what each field is. */
public final class FlameJson {
  private static final int MOST = 100;

  private FlameJson() {}

  /** One line, not ended. */
  public static String of(List<FlameGraph> graphs, Recording recording) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    recording.async().ifPresent(async -> out.put("engine", async.engine()));
    for (FlameGraph graph : graphs) {
      ObjectNode one = out.putObject(Json.id(graph.lens()));
      one.put("unit", graph.lens().unit());
      Json.number(one, "total", graph.total());
      one.put("samples", graph.samples());
      ObjectNode parties = one.putObject("byParty");
      graph.byParty().forEach((party, share) -> Json.number(parties, Json.id(party), share));
      ArrayNode hottest = one.putArray("hottest");
      graph
          .hottest(MOST)
          .forEach(
              hot -> {
                ObjectNode method = hottest.addObject();
                method.put("method", hot.method().name());
                method.put("party", Json.id(hot.method().party()));
                Json.number(method, "self", hot.self());
                Json.number(method, "total", hot.total());
                if (graph.against().isPresent()) {
                  Json.number(method, "before", hot.before());
                }
              });
    }
    return Json.line(out);
  }
}
