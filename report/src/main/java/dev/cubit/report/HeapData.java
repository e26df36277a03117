package dev.cubit.report;

import dev.cubit.diagnose.heap.AllocationNode;
import dev.cubit.diagnose.heap.HeapReport;
import dev.cubit.diagnose.heap.Link;
import dev.cubit.diagnose.heap.Suspect;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Party;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What heap.js draws, compact: names once, in a table; the tree as columns of numbers. */
final class HeapData {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final int DEEPEST_STACK = 40;

  private HeapData() {}

  /** In breadth-first order: for each node its parent, its name, whose it is, its bytes. */
  static JsonNode tree(HeapReport report) {
    ObjectNode out = NODES.objectNode();
    ArrayNode names = out.putArray("names");
    ArrayNode parents = out.putArray("parent");
    ArrayNode name = out.putArray("name");
    ArrayNode party = out.putArray("party");
    ArrayNode bytes = out.putArray("bytes");
    Map<String, Integer> known = new HashMap<>();
    Deque<Map.Entry<AllocationNode, Integer>> queue = new ArrayDeque<>();
    queue.add(Map.entry(report.allocating().tree(), -1));
    int count = 0;
    while (!queue.isEmpty()) {
      Map.Entry<AllocationNode, Integer> next = queue.remove();
      AllocationNode node = next.getKey();
      int place = count++;
      parents.add(next.getValue());
      String shown = Plain.line(node.name());
      Integer index = known.get(shown);
      if (index == null) {
        index = known.size();
        known.put(shown, index);
        names.add(shown);
      }
      name.add(index);
      // what is neither a class nor a method: the root, and what is outside of the application
      boolean group = node.party().isEmpty() && !node.children().isEmpty();
      party.add(group ? "g" : letter(node.party()));
      bytes.add(Math.round(node.bytes()));
      node.children().forEach(child -> queue.add(Map.entry(child, place)));
    }
    Json.number(out, "seconds", Math.max(1e-9, report.window().to() - report.window().from()));
    return out;
  }

  /** As heap.js knows them. */
  private static String letter(Optional<Party> party) {
    return party
        .map(
            p ->
                switch (p) {
                  case APPLICATION -> "a";
                  case DEPENDENCY -> "d";
                  case JDK -> "j";
                  case JVM -> "v";
                  case KERNEL -> "k";
                })
        .orElse("-");
  }

  static JsonNode suspects(HeapReport report, int most) {
    ArrayNode out = NODES.arrayNode();
    List<Suspect> suspects = report.survivors().suspects();
    // a single survivor among many is chance, unless there is nothing better
    long several = suspects.stream().filter(s -> s.samples() > 1).count();
    suspects.stream()
        .filter(s -> s.samples() > 1 || several == 0)
        .limit(most)
        .forEach(suspect -> suspect(out.addObject(), suspect));
    return out;
  }

  private static void suspect(ObjectNode out, Suspect suspect) {
    ArrayNode types = out.putArray("types");
    suspect.types().stream().limit(5).map(Plain::line).forEach(types::add);
    out.put("place", HeapWords.place(suspect.place()));
    out.put("holder", suspect.holder().isEmpty() ? "" : HeapWords.member(suspect.holder()));
    out.put("share", Shown.percent(suspect.share()));
    out.put("samples", suspect.samples());
    out.put("pattern", suspect.pattern().name());
    out.put("sentence", HeapWords.pattern(suspect));
    out.put("age", HeapWords.seconds(suspect.medianAgeSeconds()));
    suspect.bytesPerSecond().ifPresent(b -> out.put("rate", "~" + Shown.bytes(b) + "/s"));
    ArrayNode births = out.putArray("births");
    suspect.births().forEach(births::add);
    out.put("root", Plain.line(suspect.root()));
    ArrayNode path = out.putArray("path");
    // read from what holds to what is held
    for (Link link : suspect.path().reversed()) {
      ObjectNode one = path.addObject();
      one.put("type", Plain.line(link.type()));
      one.put("field", Plain.line(link.field()));
      one.put("party", letter(Optional.of(link.party())));
      one.put("static", link.isStatic());
      one.put("times", link.times());
      one.put("holder", link.text().equals(suspect.holder()));
    }
    ArrayNode stack = out.putArray("stack");
    for (Frame frame : suspect.stack().stream().limit(DEEPEST_STACK).toList()) {
      stack.add(Plain.line(frame.place()));
    }
  }
}
