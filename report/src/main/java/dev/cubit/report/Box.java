package dev.cubit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A table drawn with lines, as autocannon's tables are: cyan heads, bold names, grey lines. */
final class Box {
  private record Row(List<String> cells, UnaryOperator<String> first) {}

  private final Ink ink;
  private final List<Row> rows = new ArrayList<>();

  Box(Ink ink, String... heads) {
    this.ink = ink;
    rows.add(new Row(List.of(heads), ink::cyan));
  }

  Box row(List<String> cells) {
    return row(ink::bold, cells);
  }

  Box row(String... cells) {
    return row(List.of(cells));
  }

  /** A row whose first cell is styled in another way than bold. */
  Box row(UnaryOperator<String> first, List<String> cells) {
    rows.add(new Row(List.copyOf(cells), first));
    return this;
  }

  /** The table, lines ended. */
  String draw() {
    int[] widths = widths();
    StringBuilder out = new StringBuilder();
    rule(out, widths, '┌', '┬', '┐');
    for (int r = 0; r < rows.size(); r++) {
      if (r > 0) {
        rule(out, widths, '├', '┼', '┤');
      }
      Row row = rows.get(r);
      for (int i = 0; i < widths.length; i++) {
        String cell = row.cells().get(i);
        boolean styled = i == 0 || r == 0;
        out.append(ink.grey("│"))
            .append(' ')
            .append(styled ? row.first().apply(cell) : cell)
            .append(" ".repeat(widths[i] - width(cell) + 1));
      }
      out.append(ink.grey("│")).append('\n');
    }
    rule(out, widths, '└', '┴', '┘');
    return out.toString();
  }

  private int[] widths() {
    int[] widths = new int[rows.getFirst().cells().size()];
    for (Row row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(row.cells().get(i)));
      }
    }
    return widths;
  }

  /** In characters as a reader counts them, but for the wide ones of East Asia. */
  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private void rule(StringBuilder out, int[] widths, char left, char middle, char right) {
    StringBuilder line = new StringBuilder().append(left);
    for (int i = 0; i < widths.length; i++) {
      line.repeat("─", widths[i] + 2).append(i + 1 < widths.length ? middle : right);
    }
    out.append(ink.grey(line.toString())).append('\n');
  }
}
