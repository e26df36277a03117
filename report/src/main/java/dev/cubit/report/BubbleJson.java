package dev.cubit.report;

import dev.cubit.diagnose.bubble.Area;
import dev.cubit.diagnose.bubble.Bubble;
import dev.cubit.diagnose.bubble.Bubbles;
import dev.cubit.diagnose.bubble.Edge;
import dev.cubit.diagnose.bubble.Operation;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Bubbles as one line of JSON; docs/json.md says what each field is. */
public final class BubbleJson {
  private static final int MOST_OPERATIONS = 20;

  private BubbleJson() {}

  /** One line, not ended. */
  public static String of(Bubbles bubbles) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("verdict", BubbleWords.verdict(bubbles));
    out.put("advice", BubbleWords.advice(bubbles));
    seconds(out, "lengthSeconds", bubbles.length().toNanos() / 1e9);
    seconds(out, "inFlightSeconds", bubbles.inFlightSeconds());
    seconds(out, "waitSeconds", bubbles.waitSeconds());
    seconds(out, "cpuSeconds", bubbles.cpuSeconds());
    seconds(out, "unexplainedSeconds", bubbles.unexplainedSeconds());
    bubbles
        .queue()
        .ifPresent(
            q -> {
              ObjectNode queue = out.putObject("queue");
              queue.put("threads", q.threads());
              queue.put("names", q.names());
              queue.put("busyShare", Json.short6(q.busyShare()));
              queue.put("eventLoop", q.eventLoop());
            });
    ArrayNode list = out.putArray("bubbles");
    bubbles.bubbles().forEach(b -> bubble(list.addObject(), b, bubbles.allSeconds()));
    ArrayNode edges = out.putArray("edges");
    for (Edge edge : bubbles.edges()) {
      ObjectNode node = edges.addObject();
      node.put("from", bubbles.bubbles().get(edge.from()).name());
      node.put("to", bubbles.bubbles().get(edge.to()).name());
      node.put("kind", Json.id(edge.kind()));
      seconds(node, "seconds", edge.seconds());
    }
    ArrayNode notes = out.putArray("notes");
    bubbles.notes().forEach(notes::add);
    return Json.line(out);
  }

  private static void bubble(ObjectNode out, Bubble bubble, double all) {
    out.put("area", Json.id(bubble.area()));
    out.put("name", bubble.name());
    seconds(out, "seconds", bubble.seconds());
    boolean counts = bubble.area() != Area.IDLE && all > 0;
    out.put("share", Json.short6(counts ? bubble.seconds() / all : 0));
    out.put("count", bubble.count());
    ArrayNode addresses = out.putArray("addresses");
    bubble.addresses().forEach(addresses::add);
    ArrayNode operations = out.putArray("operations");
    bubble.operations().stream()
        .limit(MOST_OPERATIONS)
        .forEach(o -> operation(operations.addObject(), o));
  }

  private static void operation(ObjectNode out, Operation operation) {
    out.put("site", operation.site());
    out.put("line", operation.line());
    out.put("how", operation.how());
    seconds(out, "seconds", operation.seconds());
    out.put("count", operation.count());
    seconds(out, "meanSeconds", operation.meanSeconds());
    seconds(out, "p99Seconds", operation.p99Seconds());
    seconds(out, "maxSeconds", operation.maxSeconds());
    out.put("eventLoop", operation.eventLoop());
    ArrayNode details = out.putArray("details");
    for (Operation.Detail detail : operation.details()) {
      ObjectNode node = details.addObject();
      node.put("text", detail.text());
      seconds(node, "seconds", detail.seconds());
    }
  }

  private static void seconds(ObjectNode out, String name, double value) {
    out.put(name, Json.short6(Json.finite(value)));
  }
}
