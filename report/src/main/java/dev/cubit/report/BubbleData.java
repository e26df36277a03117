package dev.cubit.report;

import dev.cubit.diagnose.bubble.Area;
import dev.cubit.diagnose.bubble.Bubble;
import dev.cubit.diagnose.bubble.Bubbles;
import dev.cubit.diagnose.bubble.Edge;
import dev.cubit.diagnose.bubble.Operation;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bubbles as the page's script reads them: names of frames once, everything else by index; time in
 * tenths of a millisecond; zeros at the end of a series left out.
 */
final class BubbleData {
  private static final double UNITS = 1e4;
  private static final int DEEPEST = 100;

  private final Parties parties;
  private final ObjectNode out = JsonNodeFactory.instance.objectNode();
  private final Map<Frame, Integer> frames = new HashMap<>();
  private final ArrayNode names;

  private BubbleData(Parties parties) {
    this.parties = parties;
    this.names = out.putArray("frames");
  }

  static ObjectNode of(Bubbles bubbles, Parties parties) {
    return new BubbleData(parties).write(bubbles);
  }

  private ObjectNode write(Bubbles bubbles) {
    out.put("length", Json.short6(bubbles.length().toNanos() / 1e9));
    out.put("slice", Json.short6(bubbles.sliceSeconds()));
    out.put("inFlight", Json.short6(bubbles.inFlightSeconds()));
    ObjectNode areas = out.putObject("areas");
    for (Area area : Area.values()) {
      ObjectNode node = areas.putObject(area.name());
      node.put("text", area.text());
      node.put("what", BubbleWords.what(area));
      node.put("todo", BubbleWords.todo(area));
      node.put("wait", area.isWait());
    }
    ArrayNode list = out.putArray("bubbles");
    bubbles.bubbles().forEach(b -> bubble(list.addObject(), b));
    ArrayNode edges = out.putArray("edges");
    for (Edge edge : bubbles.edges()) {
      ObjectNode node = edges.addObject();
      node.put("from", edge.from());
      node.put("to", edge.to());
      node.put("kind", edge.kind().name());
      series(node.putArray("s"), edge.slices());
    }
    return out;
  }

  private void bubble(ObjectNode node, Bubble bubble) {
    node.put("area", bubble.area().name());
    node.put("name", Plain.line(bubble.name()));
    node.put("n", bubble.count());
    ArrayNode addresses = node.putArray("addresses");
    bubble.addresses().forEach(a -> addresses.add(Plain.line(a)));
    series(node.putArray("s"), bubble.slices());
    ArrayNode operations = node.putArray("ops");
    bubble.operations().forEach(o -> operation(operations.addObject(), o));
  }

  private void operation(ObjectNode node, Operation operation) {
    node.put("site", Plain.line(operation.site()));
    node.put("line", operation.line());
    node.put("how", operation.how());
    node.put("t", Json.short6(operation.seconds()));
    node.put("n", operation.count());
    node.put("mean", Json.short6(operation.meanSeconds()));
    node.put("p99", Json.short6(operation.p99Seconds()));
    node.put("max", Json.short6(operation.maxSeconds()));
    node.put("loop", operation.eventLoop());
    series(node.putArray("s"), operation.slices());
    counts(node.putArray("c"), operation.counts());
    ArrayNode details = node.putArray("details");
    for (Operation.Detail detail : operation.details()) {
      details.addArray().add(Plain.line(detail.text())).add(Json.short6(detail.seconds()));
    }
    ArrayNode stacks = node.putArray("stacks");
    for (Operation.Stack stack : operation.stacks()) {
      ArrayNode one = stacks.addArray().add(Json.short6(stack.seconds()));
      stack.trace().frames().stream().limit(DEEPEST).forEach(f -> one.add(frame(f)));
    }
  }

  private int frame(Frame frame) {
    return frames.computeIfAbsent(
        frame,
        f -> {
          names
              .addArray()
              .add(Plain.line(f.place()))
              .add(parties.of(f) == Party.APPLICATION ? 1 : 0);
          return frames.size();
        });
  }

  private static void series(ArrayNode into, List<Double> seconds) {
    int end = seconds.size();
    while (end > 0 && Math.round(seconds.get(end - 1) * UNITS) == 0) {
      end--;
    }
    seconds.subList(0, end).forEach(s -> into.add(Math.round(s * UNITS)));
  }

  private static void counts(ArrayNode into, List<Integer> counts) {
    int end = counts.size();
    while (end > 0 && counts.get(end - 1) == 0) {
      end--;
    }
    counts.subList(0, end).forEach(into::add);
  }
}
