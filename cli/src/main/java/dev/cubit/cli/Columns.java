package dev.cubit.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Rows of words under each other, each column as wide as its widest word. */
final class Columns {
  private static final int GAP = 2;

  private Columns() {}

  /**
   * All rows, each with a line break.
   *
   * @param rows as many words in each
   */
  static String of(List<List<String>> rows) {
    int[] widths = new int[rows.isEmpty() ? 0 : rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + GAP);
    }
    return line.toString().stripTrailing() + "\n";
  }
}
