package dev.cubit.scale.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Keys and values of one level. What was not asked for when it is closed is not known, and those
 * that were asked for are what may have been meant.
 */
final class Section implements AutoCloseable {
  private static final String MERGE = "<<";

  private final String title;
  private final Reading reading;
  private final Node place;
  private final Map<String, Item> items = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private boolean openEnded;

  /**
   * Of a node that should be a mapping; empty where it is none.
   *
   * @param title for sentences, as {@code service 'qr'}
   */
  Section(Node node, String title, Reading reading) {
    this.title = title;
    this.reading = reading;
    this.place = node;
    if (node instanceof MappingNode mapping) {
      read(mapping, true);
    } else {
      openEnded = true;
      reading.problems().add(node, title + " wants keys with values, as `key: value`");
    }
  }

  private void read(MappingNode mapping, boolean own) {
    List<Node> merged = new ArrayList<>();
    Map<String, Node> seen = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        reading
            .problems()
            .add(tuple.getKeyNode(), "a key is a word, not a list or keys with values");
        continue;
      }
      String name = key.getValue();
      if (name.equals(MERGE) && key.isPlain()) {
        merged.add(tuple.getValueNode());
        continue;
      }
      Node first = seen.putIfAbsent(name, key);
      if (first != null) {
        int line = first.getStartMark().map(m -> m.getLine() + 1).orElse(0);
        reading
            .problems()
            .add(key, "'" + name + "' is there twice, first in line " + line + ": take one out");
      } else {
        items.putIfAbsent(name, new Item(name, key, tuple.getValueNode(), reading));
      }
    }
    merged.forEach(node -> merge(node, own));
  }

  /** {@code <<: *base}: keys that are not there yet (YAML's merge key); one level of them. */
  private void merge(Node node, boolean own) {
    if (node instanceof MappingNode other && own) {
      read(other, false);
    } else if (node instanceof SequenceNode list && own) {
      list.getValue().forEach(each -> merge(each instanceof MappingNode ? each : list, own));
    } else {
      reading.problems().add(node, "'<<' wants an alias of keys with values, as `<<: *usual`");
    }
  }

  /** A problem of the section as a whole. */
  void problem(String sentence) {
    reading.problems().add(place, sentence);
  }

  boolean isMapping() {
    return place instanceof MappingNode;
  }

  String title() {
    return title;
  }

  /** The value of a key; each key that may be there is asked for once. */
  Optional<Item> take(String key) {
    asked.add(key);
    return Optional.ofNullable(items.get(key));
  }

  /** Whether a key is there, which is asked for elsewhere. */
  boolean has(String key) {
    return items.containsKey(key);
  }

  /** All of them, where names are free. */
  List<Item> all() {
    openEnded = true;
    return List.copyOf(items.values());
  }

  /** Keys with this beginning may be there, and are nobody's business. */
  void ignore(String beginning) {
    items.keySet().removeIf(key -> key.startsWith(beginning));
  }

  /** What it was not asked for is not known. */
  @Override
  public void close() {
    if (openEnded) {
      return;
    }
    items.forEach(
        (name, item) -> {
          if (!asked.contains(name)) {
            reading
                .problems()
                .add(
                    item.keyNode(),
                    "'" + name + "' is no key of " + title + Nearest.to(name, asked));
          }
        });
  }
}
