package dev.cubit.report;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chart of a page; page.js draws it.
 *
 * @param id unique in its page
 * @param heading what is drawn, and of what
 * @param kind what x is
 * @param unit of the values; duration values are milliseconds
 * @param bars one for each value, where a line between them would mean nothing
 * @param logarithmic the axis of the values, for what spans more than a reader could see
 */
record Chart(
    String id,
    String heading,
    Kind kind,
    Unit unit,
    boolean bars,
    boolean logarithmic,
    List<Double> x,
    List<Line> lines) {

  enum Kind {
    /** x is seconds from the start. */
    TIME,
    /** x is 1 / (1 - share): 1 for 0 %, 10 for 90 %, 100 for 99 %; as HdrHistogram plots it. */
    PERCENTILE
  }

  enum Unit {
    DURATION,
    RATE,
    PERCENT,
    BYTES,
    COUNT
  }

  /**
   * A line of a chart.
   *
   * @param colour one of the page's, {@code a} to {@code d}
   * @param dashed to be told from another without its colour
   * @param values as many as there are x; NaN where there is none
   */
  record Line(String label, String colour, boolean dashed, List<Double> values) {}

  static Chart time(String id, String heading, Unit unit, List<Double> x, List<Line> lines) {
    return new Chart(id, heading, Kind.TIME, unit, false, false, x, lines);
  }

  Chart asBars() {
    return new Chart(id, heading, kind, unit, true, logarithmic, x, lines);
  }

  void writeTo(ObjectNode out) {
    out.put("id", id).put("kind", kind.name()).put("unit", unit.name());
    out.put("bars", bars).put("log", logarithmic);
    numbers(out.putArray("x"), x);
    ArrayNode all = out.putArray("lines");
    for (Line line : lines) {
      ObjectNode one = all.addObject();
      one.put("label", Plain.line(line.label()));
      one.put("colour", line.colour()).put("dashed", line.dashed());
      numbers(one.putArray("values"), line.values());
    }
  }

  /** Six digits are more than a screen can show, and less than half the size of a page. */
  private static void numbers(ArrayNode out, List<Double> values) {
    for (double value : values) {
      if (Double.isFinite(value)) {
        out.add(Json.short6(value));
      } else {
        out.addNull();
      }
    }
  }
}
