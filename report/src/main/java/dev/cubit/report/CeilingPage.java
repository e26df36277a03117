package dev.cubit.report;

import dev.cubit.measure.CeilingResult;
import dev.cubit.measure.CeilingResult.Row;
import dev.cubit.report.Charts.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A target beside servers that do nothing as one self-contained page. */
public final class CeilingPage {
  private static final List<String> COLOURS = List.of("a", "b", "c", "d");

  private CeilingPage() {}

  /**
   * The page's HTML, which needs no other file and no network.
   *
   * @param command the words after {@code cubit} that led to it
   */
  public static String of(CeilingResult result, List<String> command) {
    String name = result.rows().isEmpty() ? "target" : result.rows().getFirst().name();
    Page page = new Page("Cubit: the ceiling of " + name);
    page.heading("Cubit ceiling", "The ceiling of " + name, Environment.command(command));
    Optional<String> conclusion = CeilingReport.conclusion(result);
    page.verdict(
        new Verdict(
            Verdict.Kind.NEUTRAL, conclusion.orElse("No share of the ceiling can be given.")));
    CeilingReport.warnings(result).forEach(page::warning);
    page.table(CeilingReport.HEADS, CeilingReport.HEADS.size(), CeilingReport.rows(result));
    result.shares().forEach(share -> page.note(share.sentence()));
    latency(page, result.rows());
    rounds(page, result.rows());
    return page.html();
  }

  private static void latency(Page page, List<Row> rows) {
    List<Distribution> drawn = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (row.load().latency().getTotalCount() > 0) {
        String colour = COLOURS.get(i % COLOURS.size());
        drawn.add(new Distribution(row.name(), colour, i % 2 == 1, row.load().latency()));
      }
    }
    if (!drawn.isEmpty()) {
      page.section("Latency")
          .chart(Charts.percentiles("distribution", "Latency by percentile, all rounds", drawn));
    }
  }

  private static void rounds(Page page, List<Row> rows) {
    int most = rows.stream().mapToInt(row -> row.rounds().size()).max().orElse(0);
    if (most == 0) {
      return;
    }
    List<String> heads = new ArrayList<>(List.of("Requests a second"));
    for (int i = 1; i <= most; i++) {
      heads.add("Round " + i);
    }
    List<List<String>> cells = new ArrayList<>();
    for (Row row : rows) {
      List<String> line = new ArrayList<>(List.of(row.name()));
      for (int i = 0; i < most; i++) {
        line.add(i < row.rounds().size() ? Shown.rate(row.rounds().get(i)) : "–");
      }
      cells.add(line);
    }
    page.section("Rounds").table(heads, most, cells);
  }
}
