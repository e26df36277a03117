package dev.cubit.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page that needs nothing but itself: style, script and data are inlined. Everything that comes
 * from outside is escaped here, and only here.
 */
final class Page {
  private static final String PLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  /**
   * A chart.
   *
   * @param kind {@code time}: x is seconds; {@code percentile}: x is 1 / (1 - share)
   * @param unit of the values
   */
  record Chart(String id, String kind, String unit, List<Double> x, List<Line> series) {}

  /**
   * A line of a chart.
   *
   * @param colour the name of one of the page's colours: a, b, c or d
   */
  record Line(String label, String colour, boolean dashed, List<Double> values) {}

  private final StringBuilder body = new StringBuilder();
  private final List<Chart> charts = new ArrayList<>();
  private final String title;

  Page(String title) {
    this.title = title;
  }

  /** Text that is safe between tags and in quoted attributes. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(Character.isISOControl(c) && c != '\n' ? 0xFFFD : c);
              }
            });
    return out.toString();
  }

  Page heading(String text, String sub) {
    body.append("<header><h1>").append(escaped(text)).append("</h1>\n");
    body.append("<p class=\"soft mono\">").append(escaped(sub)).append("</p></header>\n");
    return this;
  }

  Page section(String text) {
    body.append("<h2>").append(escaped(text)).append("</h2>\n");
    return this;
  }

  Page verdict(String text, String kind) {
    body.append("<p class=\"verdict ").append(kind).append("\">").append(escaped(text));
    body.append("</p>\n");
    return this;
  }

  Page warning(String text) {
    body.append("<p class=\"warn\">").append(escaped(text)).append("</p>\n");
    return this;
  }

  Page note(String text) {
    body.append("<p class=\"soft\">").append(escaped(text)).append("</p>\n");
    return this;
  }

  /** Pairs of a figure and what it is. */
  Page figures(List<String[]> figures) {
    body.append("<div class=\"figures\">\n");
    for (String[] figure : figures) {
      body.append("<div class=\"figure\"><b>").append(escaped(figure[0])).append("</b><span>");
      body.append(escaped(figure[1])).append("</span></div>\n");
    }
    body.append("</div>\n");
    return this;
  }

  /** Rows of a name and what it is. */
  Page facts(List<String[]> rows) {
    body.append("<table><tbody>\n");
    for (String[] row : rows) {
      body.append("<tr><th scope=\"row\">").append(escaped(row[0])).append("</th><td>");
      body.append(escaped(row[1])).append("</td></tr>\n");
    }
    body.append("</tbody></table>\n");
    return this;
  }

  /** A table with figures to the right of its first column. */
  Page table(List<String> heads, List<List<String>> rows) {
    body.append("<div class=\"scroll\"><table><thead><tr>");
    for (int i = 0; i < heads.size(); i++) {
      body.append(i == 0 ? "<th>" : "<th class=\"n\">")
          .append(escaped(heads.get(i)))
          .append("</th>");
    }
    body.append("</tr></thead><tbody>\n");
    for (List<String> row : rows) {
      body.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        body.append(i == 0 ? "<td>" : "<td class=\"n\">")
            .append(escaped(row.get(i)))
            .append("</td>");
      }
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
    return this;
  }

  Page chart(String heading, Chart chart) {
    charts.add(chart);
    body.append("<div class=\"chart\"><h3>").append(escaped(heading)).append("</h3><div id=\"");
    body.append(chart.id()).append("\"></div></div>\n");
    return this;
  }

  /** The whole page. */
  String html() {
    // in a script element, only "<" can end it; JSON takes it escaped
    String data = JsonMapper.shared().writeValueAsString(charts).replace("<", "\\u003c");
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>"
        + escaped(title)
        + "</title>\n<style>\n"
        + resource(PLOT + "uPlot.min.css")
        + resource("page.css")
        + "</style>\n</head>\n<body>\n"
        + body
        + "<footer>Made by Cubit. This page needs nothing but itself.</footer>\n"
        + "<script type=\"application/json\" id=\"charts\">"
        + data
        + "</script>\n<script>\n"
        + resource(PLOT + "uPlot.iife.min.js")
        + "</script>\n<script>\n"
        + resource("page.js")
        + "</script>\n</body>\n</html>\n";
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
