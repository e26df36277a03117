package dev.cubit.report;

import java.util.ArrayList;
import java.util.List;

/** A table drawn with lines, as autocannon's tables are. */
final class Box {
  private static final String CYAN = "\u001b[36m";
  private static final String BOLD = "\u001b[1m";
  private static final String OFF = "\u001b[0m";

  private final boolean colour;
  private final List<List<String>> rows = new ArrayList<>();

  Box(boolean colour, String... heads) {
    this.colour = colour;
    rows.add(List.of(heads));
  }

  Box row(List<String> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  Box row(String... cells) {
    return row(List.of(cells));
  }

  String draw() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder out = new StringBuilder();
    rule(out, widths, '┌', '┬', '┐');
    for (int r = 0; r < rows.size(); r++) {
      if (r > 0) {
        rule(out, widths, '├', '┼', '┤');
      }
      for (int i = 0; i < columns; i++) {
        String cell = rows.get(r).get(i);
        out.append("│ ").append(styled(cell, r, i));
        out.append(" ".repeat(widths[i] - cell.length() + 1));
      }
      out.append("│\n");
    }
    rule(out, widths, '└', '┴', '┘');
    return out.toString();
  }

  private String styled(String cell, int row, int column) {
    if (!colour || (row > 0 && column > 0)) {
      return cell;
    }
    return (row == 0 ? CYAN : BOLD) + cell + OFF;
  }

  private static void rule(StringBuilder out, int[] widths, char left, char middle, char right) {
    out.append(left);
    for (int i = 0; i < widths.length; i++) {
      out.append("─".repeat(widths[i] + 2)).append(i + 1 < widths.length ? middle : right);
    }
    out.append('\n');
  }
}
