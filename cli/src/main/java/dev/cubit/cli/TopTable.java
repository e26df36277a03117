package dev.cubit.cli;

import dev.cubit.scale.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/**
 * The rows of {@code cubit top} in columns. Where they do not fit, columns are left out, those that
 * matter least first. Columns are as wide as usual values want, so that they do not move about when
 * values change.
 */
final class TopTable {
  private static final String GAP = "  ";

  private enum Column {
    NAME("NAME", 12, true, 0),
    STATE("STATE", 9, true, 0),
    PART("PART", 0, true, 7),
    PID("PID", 7, false, 8),
    UPTIME("UPTIME", 6, false, 5),
    RESTARTS("RESTARTS", 8, false, 6),
    CPU("CPU", 6, false, 0),
    RSS("RSS", 9, false, 2),
    REQUESTS("REQ/S", 7, false, 0),
    ERRORS("ERR/S", 5, false, 1),
    P99("P99", 8, false, 0),
    IN_FLIGHT("IN FLIGHT", 9, false, 3);

    final String title;
    final int least;
    final boolean left;

    /** Those with the highest go first; 0 stays. */
    final int dispensable;

    Column(String title, int least, boolean left, int dispensable) {
      this.title = title;
      this.least = least;
      this.left = left;
      this.dispensable = dispensable;
    }
  }

  private static final Set<Column> KEPT_FOR_WHY = EnumSet.of(Column.NAME, Column.STATE);

  /** A value, and what it means. */
  private record Cell(String text, TopTone tone) {
    int width() {
      return new AttributedString(text).columnLength();
    }
  }

  private final List<TopRow> rows;
  private final TopSort sort;
  private final boolean colour;
  private final List<Column> columns = new ArrayList<>(List.of(Column.values()));

  TopTable(List<TopRow> rows, TopSort sort, int width, boolean colour) {
    this.rows = rows;
    this.sort = sort;
    this.colour = colour;
    if (rows.stream().allMatch(row -> row.part().isEmpty())) {
      columns.remove(Column.PART);
    }
    while (width() > width && leastOfAll().isPresent()) {
      columns.remove(leastOfAll().get());
    }
  }

  private Optional<Column> leastOfAll() {
    return columns.stream()
        .filter(column -> column.dispensable > 0)
        .reduce((a, b) -> a.dispensable > b.dispensable ? a : b);
  }

  private int width() {
    return columns.stream().mapToInt(column -> width(column) + GAP.length()).sum() - GAP.length();
  }

  private int width(Column column) {
    int widest = rows.stream().mapToInt(row -> cell(row, column).width()).max().orElse(0);
    return Math.max(Math.max(column.least, column.title.length()), widest);
  }

  /** The titles, that by which it is sorted told apart. */
  AttributedString head() {
    AttributedStringBuilder line = new AttributedStringBuilder();
    for (Column column : columns) {
      boolean chosen = column == sorted();
      append(line, column, new Cell(column.title, chosen ? TopTone.CHOSEN : TopTone.BAR));
    }
    return line.toAttributedString();
  }

  private Column sorted() {
    return switch (sort) {
      case CPU -> Column.CPU;
      case MEMORY -> Column.RSS;
      case REQUESTS -> Column.REQUESTS;
      case P99 -> Column.P99;
      case NAME -> Column.NAME;
    };
  }

  /** One for each row. */
  List<AttributedString> lines() {
    return rows.stream().map(this::line).toList();
  }

  private AttributedString line(TopRow row) {
    AttributedStringBuilder line = new AttributedStringBuilder();
    columns.stream()
        .filter(column -> !saysOnlyWhy(row) || KEPT_FOR_WHY.contains(column))
        .forEach(column -> append(line, column, cell(row, column)));
    line.append(Terminal.oneLine(row.why()), row.tone().style(colour));
    return line.toAttributedString();
  }

  /** What does not run has no figures: why it does not stands in their place. */
  private static boolean saysOnlyWhy(TopRow row) {
    return !row.why().isEmpty() && row.pid().isEmpty() && row.load().inFlight() == 0;
  }

  private void append(AttributedStringBuilder line, Column column, Cell cell) {
    String space = " ".repeat(Math.max(0, width(column) - cell.width()));
    boolean bar = cell.tone() == TopTone.BAR || cell.tone() == TopTone.CHOSEN;
    var around = (bar ? TopTone.BAR : TopTone.PLAIN).style(colour);
    if (!column.left) {
      line.append(space, around);
    }
    line.append(cell.text(), cell.tone().style(colour));
    line.append(column.left ? space + GAP : GAP, around);
  }

  private static Cell cell(TopRow row, Column column) {
    Load load = row.load();
    TopTone usual = row.isService() ? TopTone.NAME : TopTone.PLAIN;
    return switch (column) {
      case NAME -> new Cell((row.isService() ? "" : "  ") + Terminal.oneLine(row.name()), usual);
      case STATE -> new Cell(row.state(), row.tone() == TopTone.PLAIN ? usual : row.tone());
      case PART -> new Cell(Terminal.oneLine(row.part()), usual);
      case PID ->
          new Cell(row.pid().isPresent() ? Long.toString(row.pid().getAsLong()) : "", usual);
      case UPTIME -> new Cell(row.started().map(TopTable::time).orElse(""), usual);
      case RESTARTS ->
          new Cell(
              row.restarts().isPresent() ? Integer.toString(row.restarts().getAsInt()) : "",
              row.restarts().orElse(0) > 0 ? TopTone.WARNING : usual);
      case CPU -> new Cell(row.restarts().isPresent() ? percent(row.cpuPercent()) : "", usual);
      case RSS -> new Cell(row.rssBytes() == 0 ? "" : StatusText.mib(row.rssBytes()), usual);
      case REQUESTS -> new Cell(StatusText.rate(load.requestsPerSecond()), usual);
      case ERRORS ->
          new Cell(
              StatusText.rate(load.errorsPerSecond()),
              load.errorsPerSecond() > 0 ? TopTone.BAD : usual);
      case P99 -> new Cell(StatusText.millis(load.p99Millis()), usual);
      case IN_FLIGHT -> new Cell(Long.toString(load.inFlight()), usual);
    };
  }

  static String percent(double percent) {
    return String.format(Locale.ROOT, "%.0f %%", percent);
  }

  /** As 42s, 7m03s, 2h05m, 3d04h: never wider than its column. */
  static String time(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    return seconds < 60
        ? seconds + "s"
        : seconds < 3_600
            ? "%dm%02ds".formatted(seconds / 60, seconds % 60)
            : seconds < 86_400
                ? "%dh%02dm".formatted(seconds / 3_600, seconds / 60 % 60)
                : "%dd%02dh".formatted(seconds / 86_400, seconds / 3_600 % 24);
  }
}
