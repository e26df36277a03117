package dev.cubit.scale.topology;

import dev.cubit.scale.topology.ScaleException.Problem;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** All that is wrong in a file: reading goes on after each. Owned by the thread that reads. */
final class Problems {
  private static final int LONGEST = 300;

  private final String file;
  private final Set<Problem> all = new LinkedHashSet<>(); // one alias may be read twice

  /** In a file, as the user named it. */
  Problems(String file) {
    this.file = file;
  }

  void add(Node node, String sentence) {
    add(node.getStartMark(), sentence);
  }

  /** Unless there is one of this value: what is read of a wrong value is wrong as well. */
  void addFirst(Node value, String sentence) {
    Mark place = value.getStartMark().orElseThrow();
    boolean known =
        all.stream()
            .anyMatch(
                p ->
                    p.file().equals(file)
                        && p.line() == place.getLine() + 1
                        && p.column() == place.getColumn() + 1);
    if (!known) {
      add(value, sentence);
    }
  }

  void add(Optional<Mark> mark, String sentence) {
    add(
        mark.map(m -> m.getLine() + 1).orElse(1),
        mark.map(m -> m.getColumn() + 1).orElse(1),
        sentence);
  }

  void add(int line, int column, String sentence) {
    all.add(new Problem(file, line, column, oneLine(sentence)));
  }

  void add(Problem elsewhere) {
    all.add(elsewhere);
  }

  /** What stands in the file may be long, and have line breaks. */
  private static String oneLine(String sentence) {
    String line = sentence.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  /** In the order of the file. */
  void throwIfAny() throws ScaleException {
    if (!all.isEmpty()) {
      throw new ScaleException(inOrder());
    }
  }

  private List<Problem> inOrder() {
    Comparator<Problem> byPlace =
        Comparator.comparing((Problem p) -> !p.file().equals(file))
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column);
    return all.stream().sorted(byPlace).toList();
  }
}
