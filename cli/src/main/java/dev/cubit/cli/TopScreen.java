package dev.cubit.cli;

import dev.cubit.scale.Load;
import dev.cubit.scale.Notice;
import dev.cubit.scale.SystemStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/**
 * What {@code cubit top} shows, as a function of what is known and of the screen's size: as many
 * lines as it has, none longer.
 *
 * <pre>
 *   the system, its load, Cubit itself
 *   the table: as many rows as it needs, but some lines are left to the notices
 *   the last notices, the newest at the end
 *   keys, and whether the system does not answer
 * </pre>
 */
final class TopScreen {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /** With fewer lines than that besides the frame, all go to the table. */
  private static final int ENOUGH_FOR_NOTICES = 8;

  private static final int NOTICES_AT_LEAST = 3;
  private static final int NOTICES_BAR = 2;

  private final int width;
  private final int height;
  private final boolean colour;
  private final ZoneId zone;
  private final Optional<Instant> silentSince;
  private final List<AttributedString> lines = new ArrayList<>();

  /**
   * Lines, and what was shown really.
   *
   * @param view with a first row that there is
   * @param page how many rows there was room for
   */
  record Frame(List<AttributedString> lines, TopView view, int page) {
    Frame {
      lines = List.copyOf(lines);
    }
  }

  /**
   * For a terminal.
   *
   * @param zone of the clock beside notices
   * @param silentSince when the system has answered last, where that is too long ago
   */
  TopScreen(int width, int height, boolean colour, ZoneId zone, Optional<Instant> silentSince) {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
    this.colour = colour;
    this.zone = zone;
    this.silentSince = silentSince;
  }

  /** Nothing is known yet. */
  Frame waiting(TopView view) {
    add("cubit top: asking what is up ...", TopTone.QUIET);
    return frame("q quit", view, 1);
  }

  Frame of(TopFacts facts, TopView view) {
    head(facts);
    add("", TopTone.PLAIN);
    return view.help() ? help(view) : table(facts, view);
  }

  private void head(TopFacts facts) {
    SystemStatus status = facts.status();
    Load all = status.gateway().load();
    add(
        words()
            .append(status.name(), TopTone.NAME.style(colour))
            .append(
                "  %s  by %s  up %s  from %s"
                    .formatted(
                        status.gateway().address(),
                        status.gateway().transport(),
                        StatusText.time(Duration.between(status.since(), facts.at())),
                        Terminal.oneLine(status.from()))));
    add(
        words()
            .append(StatusText.rate(all.requestsPerSecond()), TopTone.NAME.style(colour))
            .append(" req/s  ")
            .append(
                errors(all),
                (all.errorsPerSecond() > 0 ? TopTone.BAD : TopTone.PLAIN).style(colour))
            .append(
                "  p50 %s  p99 %s  %,d in flight  %,d %s"
                    .formatted(
                        StatusText.millis(all.p50Millis()),
                        StatusText.millis(all.p99Millis()),
                        all.inFlight(),
                        status.gateway().clients(),
                        status.gateway().clients() == 1 ? "connection" : "connections")));
    add(
        words()
            .append(
                "cubit itself: %s CPU  %s  process %d"
                    .formatted(
                        TopTable.percent(status.cpuPercent()),
                        StatusText.mib(status.rssBytes()),
                        status.pid()),
                TopTone.QUIET.style(colour)));
  }

  private static String errors(Load load) {
    double share =
        load.requestsPerSecond() == 0 ? 0 : load.errorsPerSecond() / load.requestsPerSecond();
    return String.format(Locale.ROOT, share > 0 && share < 0.01 ? "%.2f" : "%.1f", 100 * share)
        + " % errors";
  }

  private Frame table(TopFacts facts, TopView view) {
    TopTable table =
        new TopTable(
            TopRow.of(facts.status(), view.sort(), facts.at()), view.sort(), width, colour);
    bar(table.head());
    List<AttributedString> rows = table.lines();
    int room = Math.max(1, height - lines.size() - 1);
    int notices = notices(room, rows.size(), facts.notices().size());
    int page = Math.max(1, notices == 0 ? room : room - NOTICES_BAR - notices);
    int first = Math.clamp(view.first(), 0, Math.max(0, rows.size() - page));
    int end = Math.min(rows.size(), first + page);
    rows.subList(first, end).forEach(this::add);
    if (notices > 0) {
      add("", TopTone.PLAIN);
      bar(new AttributedString("LAST NOTICES", TopTone.BAR.style(colour)));
      List<Notice> all = facts.notices();
      all.subList(all.size() - notices, all.size()).forEach(this::add);
    }
    String shown =
        rows.size() > page ? "  rows %d-%d of %d".formatted(first + 1, end, rows.size()) : "";
    String keys = "q quit  ? keys  sorted by " + view.sort().words + shown;
    return frame(keys, view.from(first), page);
  }

  /** How many of them there is room for: what the table leaves, or a part of it at least. */
  private static int notices(int room, int rows, int known) {
    if (room < ENOUGH_FOR_NOTICES) {
      return 0;
    }
    int left = room - rows - NOTICES_BAR;
    return Math.min(known, Math.max(left, Math.max(NOTICES_AT_LEAST, room / 4)));
  }

  private Frame help(TopView view) {
    add("Keys", TopTone.NAME);
    for (TopSort sort : TopSort.values()) {
      add("  %s          sort by %s".formatted(sort.key, sort.words), TopTone.PLAIN);
    }
    List.of(
            "  arrows     one row up or down (also k, j)",
            "  PgUp PgDn  a page (also space)",
            "  Home End   the first, the last row (also g, G)",
            "  ?          these keys, and back",
            "  q Ctrl-C   leave")
        .forEach(line -> add(line, TopTone.PLAIN));
    add("", TopTone.PLAIN);
    add("Columns", TopTone.NAME);
    List.of(
            "  STATE      of a service: how many of its clones take requests",
            "  PART       version and partition",
            "  CPU, RSS   with children; 100 % is one core",
            "  ERR/S      answered 5xx, or not at all",
            "  REQ/S, ERR/S, P99   over the last four to six seconds")
        .forEach(line -> add(line, TopTone.PLAIN));
    return frame("q quit  ? back", view, 1);
  }

  private static AttributedStringBuilder words() {
    return new AttributedStringBuilder();
  }

  private void add(Notice notice) {
    add(
        words()
            .append(clock(notice.at()), TopTone.QUIET.style(colour))
            .append("  ")
            .append(
                Terminal.oneLine(notice.sentence()),
                (notice.bad() ? TopTone.BAD : TopTone.PLAIN).style(colour)));
  }

  private String clock(Instant at) {
    return CLOCK.format(at.atZone(zone));
  }

  private void add(String text, TopTone tone) {
    add(new AttributedString(text, tone.style(colour)));
  }

  private void add(AttributedStringBuilder line) {
    add(line.toAttributedString());
  }

  private void add(AttributedString line) {
    lines.add(line.columnLength() > width ? line.columnSubSequence(0, width) : line);
  }

  /** A line as wide as the screen. */
  private void bar(AttributedString text) {
    add(
        words()
            .append(text)
            .append(
                " ".repeat(Math.max(0, width - text.columnLength())), TopTone.BAR.style(colour)));
  }

  /**
   * With the keys in the last line, after a warning that all above may be out of date. What does
   * not fit is cut off above it.
   */
  private Frame frame(String keys, TopView view, int page) {
    while (lines.size() >= height) {
      lines.removeLast();
    }
    while (lines.size() < height - 1) {
      lines.add(AttributedString.EMPTY);
    }
    AttributedStringBuilder last = words();
    silentSince.ifPresent(
        at ->
            last.append(
                "cubit up has not answered since " + clock(at) + "  ", TopTone.BAD.style(colour)));
    add(last.append(keys, TopTone.QUIET.style(colour)));
    return new Frame(lines, view, page);
  }
}
