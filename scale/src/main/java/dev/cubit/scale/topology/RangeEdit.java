package dev.cubit.scale.topology;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A cubit.yaml's text in which one range has become two. The entry of the range gets the name of
 * its lower part; behind it comes a copy, in the same style, with the name of the upper part and
 * what is different in its environment. Not a byte more is changed. Whether the outcome means what
 * it should is for the caller to see: where aliases are in play it may not.
 */
final class RangeEdit {
  private final String text;
  private final Node root;

  private RangeEdit(String text, Node root) {
    this.text = text;
    this.root = root;
  }

  /** A part of the text that becomes another. */
  private record Change(int from, int to, String with) {}

  /**
   * The edited text.
   *
   * @param file that it stands in
   * @throws ScaleException where it is no YAML, or the range is not written where it is looked for
   */
  static String of(String text, Path file, RangeSplit split) throws ScaleException {
    Problems problems = new Problems(file.toString());
    return new RangeEdit(text, YamlTree.read(text, file, problems)).edited(split);
  }

  private String edited(RangeSplit split) throws ScaleException {
    Node at = root;
    for (String key : List.of("services", split.before().name(), "partitions", "ranges")) {
      at =
          mapping(at)
              .flatMap(mapping -> entry(mapping, key))
              .orElseThrow(RangeEdit::notFound)
              .getValueNode();
    }
    MappingNode ranges = mapping(at).orElseThrow(RangeEdit::notFound);
    NodeTuple range = entry(ranges, split.partition()).orElseThrow(RangeEdit::notFound);
    Node key = range.getKeyNode();
    int end = end(range);
    Change rename = new Change(start(key), end(key), quoted(key, split.kept().partition()));
    String copy =
        apply(text.substring(start(key), end), copied(range, end, split), start(key))
            .stripTrailing();
    return apply(text, List.of(rename, insertion(ranges, key, end, copy)), 0);
  }

  private static ScaleException notFound() {
    return new ScaleException(
        "the range is not written under 'ranges' itself, perhaps by an alias: split it in the file"
            + " by hand, as docs/partitions.md tells");
  }

  private static Optional<MappingNode> mapping(Node node) {
    return node instanceof MappingNode mapping ? Optional.of(mapping) : Optional.empty();
  }

  private static Optional<NodeTuple> entry(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(t -> t.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
        .findFirst();
  }

  // ---- the copy

  /** What is different in it, by places in the text. */
  private List<Change> copied(NodeTuple range, int end, RangeSplit split) throws ScaleException {
    Node key = range.getKeyNode();
    List<Change> changes = new ArrayList<>();
    String name = quoted(key, split.added().partition());
    Optional<MappingNode> environment =
        mapping(range.getValueNode())
            .flatMap(partition -> entry(partition, "env"))
            .flatMap(env -> mapping(env.getValueNode()));
    Map<String, String> changed = new TreeMap<>(split.changed());
    if (environment.isEmpty()) { // nothing is there to be kept
      return List.of(new Change(start(key), end, name + ": { env: { " + flow(changed) + " } }"));
    }
    changes.add(new Change(start(key), end(key), name));
    for (NodeTuple variable : environment.get().getValue()) {
      String value =
          variable.getKeyNode() instanceof ScalarNode scalar
              ? changed.remove(scalar.getValue())
              : null;
      if (value != null) {
        Node old = variable.getValueNode();
        changes.add(new Change(start(old), end(old), valued(value)));
      }
    }
    if (!changed.isEmpty()) {
      changes.add(more(environment.get(), changed));
    }
    if (changes.stream().anyMatch(c -> c.from < start(key) || c.to > end)) {
      throw notFound(); // what an alias means is written elsewhere
    }
    return changes;
  }

  /** Variables behind those that are there. */
  private Change more(MappingNode environment, Map<String, String> variables) {
    List<NodeTuple> all = environment.getValue();
    if (all.isEmpty()) {
      return new Change(start(environment), end(environment), "{ " + flow(variables) + " }");
    }
    int behind = end(all.getLast());
    if (environment.getFlowStyle() == FlowStyle.FLOW) {
      return new Change(behind, behind, ", " + flow(variables));
    }
    String indent = " ".repeat(column(all.getFirst().getKeyNode()));
    StringBuilder lines = new StringBuilder();
    variables.forEach(
        (name, value) -> lines.append(indent + name + ": " + valued(value)).append(lineBreak()));
    if (text.charAt(behind - 1) == '\n') { // a block of text has its last break
      return new Change(behind, behind, lines.toString());
    }
    return new Change(behind, behind, lineBreak() + lines.toString().stripTrailing());
  }

  private static String flow(Map<String, String> variables) {
    return variables.entrySet().stream()
        .map(variable -> variable.getKey() + ": " + valued(variable.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** In double quotes, where every character has its way; and no variable of the file's. */
  private static String valued(String value) {
    StringBuilder all = new StringBuilder("\"");
    for (char c : value.replace("${", "$${").toCharArray()) {
      if (c == '"' || c == '\\') {
        all.append('\\').append(c);
      } else if (c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) {
        all.append("\\u%04X".formatted((int) c));
      } else {
        all.append(c);
      }
    }
    return all.append('"').toString();
  }

  /** A name in the quotes that another key has; it has none in itself. */
  private static String quoted(Node like, String name) {
    ScalarStyle style =
        like instanceof ScalarNode scalar ? scalar.getScalarStyle() : ScalarStyle.PLAIN;
    return switch (style) {
      case DOUBLE_QUOTED -> '"' + name + '"';
      case SINGLE_QUOTED -> "'" + name + "'";
      default -> name;
    };
  }

  // ---- where it goes

  private Change insertion(MappingNode ranges, Node key, int end, String copy) {
    String before = text.substring(lineStart(start(key)), start(key));
    boolean beginsLine = before.isBlank();
    if (ranges.getFlowStyle() == FlowStyle.FLOW) {
      return new Change(end, end, "," + (beginsLine ? lineBreak() + before : " ") + copy);
    }
    String indent = " ".repeat(column(key));
    int lineEnd = lineEnd(end);
    boolean unended = lineEnd == text.length() && !text.endsWith("\n");
    return unended
        ? new Change(lineEnd, lineEnd, lineBreak() + indent + copy)
        : new Change(lineEnd, lineEnd, indent + copy + lineBreak());
  }

  private int lineStart(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  /** Behind the line's break, where a comment may have been before it. */
  private int lineEnd(int at) {
    if (at > 0 && text.charAt(at - 1) == '\n') {
      return at; // a block of text has its last break
    }
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }

  private String lineBreak() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  // ---- places

  private static String apply(String to, List<Change> changes, int offset) {
    StringBuilder all = new StringBuilder(to);
    changes.stream()
        .sorted(Comparator.comparingInt(Change::from).reversed())
        .forEach(c -> all.replace(c.from - offset, c.to - offset, c.with));
    return all.toString();
  }

  private int start(Node node) {
    return place(node.getStartMark());
  }

  /** Behind its last character: a block ends where the next token begins, which is too late. */
  private int end(Node node) {
    if (node instanceof CollectionNode<?> block && block.getFlowStyle() != FlowStyle.FLOW) {
      if (block instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
        return end(mapping.getValue().getLast());
      }
      if (block instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
        return end(sequence.getValue().getLast());
      }
    }
    return place(node.getEndMark());
  }

  /** An alias ends where it stands, not where what it means does. */
  private int end(NodeTuple tuple) {
    return Math.max(end(tuple.getKeyNode()), end(tuple.getValueNode()));
  }

  private int place(Optional<Mark> mark) {
    int begin = YamlTree.begin(text);
    return text.offsetByCodePoints(begin, mark.map(Mark::getIndex).orElse(0));
  }

  private static int column(Node node) {
    return node.getStartMark().map(Mark::getColumn).orElse(0);
  }
}
