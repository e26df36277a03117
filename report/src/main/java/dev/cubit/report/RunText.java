package dev.cubit.report;

import dev.cubit.measure.Goal;
import dev.cubit.measure.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as text for a terminal: autocannon's tables and closing lines first, to the eye the same;
 * below them what Cubit knows besides.
 *
 * @param colour with escape sequences; false where the text is not for a terminal, or NO_COLOR is
 *     set
 * @param allPercentiles with autocannon's table of all of them
 * @param statusCodes with the table of how many responses had which status
 */
public record RunText(boolean colour, boolean allPercentiles, boolean statusCodes) {
  private static final int NAME = 14;
  private static final int FIGURE = 9;

  /** The whole text, lines ended. */
  public String of(Run run, List<Goal.Outcome> goals) {
    Ink ink = new Ink(colour);
    StringBuilder out = new StringBuilder();
    out.append(new AutocannonTables(ink, allPercentiles, statusCodes).of(run)).append('\n');
    spreads(Spread.of(run), ink, out);
    for (Fact fact : Facts.of(run)) {
      line(fact.name(), fact.text(), ink, out);
    }
    for (Goal.Outcome goal : goals) {
      line("Goal", outcome(goal, ink), ink, out);
    }
    for (String warning : warnings(run)) {
      out.append('\n').append(ink.warning(warning)).append('\n');
    }
    return out.toString();
  }

  private static void spreads(List<Spread> spreads, Ink ink, StringBuilder out) {
    if (spreads.isEmpty()) {
      return;
    }
    out.append(" ".repeat(NAME));
    Spread.HEADS.forEach(head -> out.append(ink.cyan(right(head))));
    out.append('\n');
    for (Spread spread : spreads) {
      out.append(ink.bold(left(spread.name())));
      spread.figures().forEach(figure -> out.append(right(figure)));
      out.append(spread.note().isEmpty() ? "" : "   " + spread.note()).append('\n');
    }
  }

  private static String outcome(Goal.Outcome goal, Ink ink) {
    return goal.goal().text()
        + " "
        + (goal.held() ? ink.green("held") : ink.red("failed"))
        + ": "
        + goal.measured();
  }

  private static void line(String name, String text, Ink ink, StringBuilder out) {
    out.append(ink.bold(left(name))).append("  ").append(text).append('\n');
  }

  /** The sentences that must not be overlooked. */
  static List<String> warnings(Run run) {
    List<String> warnings = new ArrayList<>();
    run.saturation().ifPresent(s -> warnings.add(Plain.text(s.reason())));
    String early = Verdict.early(run.load().ending());
    if (!early.isEmpty()) {
      warnings.add(early);
    }
    return warnings;
  }

  private static String left(String text) {
    return text + " ".repeat(Math.max(0, NAME - text.length()));
  }

  private static String right(String text) {
    return " ".repeat(Math.max(1, FIGURE - text.length())) + text;
  }
}
