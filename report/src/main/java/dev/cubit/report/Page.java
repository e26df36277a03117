package dev.cubit.report;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A page that needs nothing but itself: style, script and data are inlined, and its security policy
 * lets nothing else in, neither from the network nor from a value that was not escaped. Everything
 * that comes from outside is escaped here, and only here.
 */
final class Page {
  private final StringBuilder body = new StringBuilder();
  private final List<Chart> charts = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private final String title;

  /**
   * A part of a page that draws itself.
   *
   * @param id of the element that it draws into, and with {@code -data} of its data
   * @param style its own
   * @param scripts in the order in which they run; the last is ours
   * @param notices of those whose scripts these are: name to licence
   */
  record Part(
      String id, JsonNode data, String style, List<String> scripts, Map<String, String> notices) {
    Part {
      scripts = List.copyOf(scripts);
      notices = Map.copyOf(notices);
    }
  }

  Page(String title) {
    this.title = title;
  }

  /** Text that is safe between tags and in quoted attributes. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(Plain.safe(c));
              }
            });
    return out.toString();
  }

  /**
   * The head of the page.
   *
   * @param kind what the page is, and when
   * @param command how it came to be
   */
  Page heading(String kind, String text, String command) {
    body.append("<header>");
    element("p", "kind", kind);
    element("h1", "", text);
    element("p", "command", command);
    body.append("</header>\n<main>\n");
    return this;
  }

  Page section(String text) {
    return element("h2", "", text);
  }

  Page verdict(Verdict verdict) {
    String kind =
        switch (verdict.kind()) {
          case GOOD -> " good";
          case BAD -> " bad";
          case NEUTRAL -> "";
        };
    return element("p", "verdict" + kind, verdict.sentence());
  }

  Page warning(String text) {
    body.append("<p class=\"warn\" role=\"note\"><b>Warning:</b> ");
    body.append(escaped(text)).append("</p>\n");
    return this;
  }

  Page note(String text) {
    return element("p", "soft", text);
  }

  private Page element(String tag, String style, String text) {
    body.append('<').append(tag);
    if (!style.isEmpty()) {
      body.append(" class=\"").append(style).append('"');
    }
    body.append('>').append(escaped(text)).append("</").append(tag).append(">\n");
    return this;
  }

  /** Figures with what they are, large. */
  Page figures(List<Fact> figures) {
    body.append("<dl class=\"figures\">\n");
    for (Fact figure : figures) {
      body.append("<div><dt>").append(escaped(figure.name())).append("</dt><dd>");
      body.append(escaped(figure.text())).append("</dd></div>\n");
    }
    body.append("</dl>\n");
    return this;
  }

  /** Rows of a name and what it is. */
  Page facts(List<Fact> rows) {
    body.append("<table class=\"facts\"><tbody>\n");
    for (Fact row : rows) {
      body.append("<tr><th scope=\"row\">").append(escaped(row.name())).append("</th><td>");
      body.append(escaped(row.text())).append("</td></tr>\n");
    }
    body.append("</tbody></table>\n");
    return this;
  }

  /**
   * A table whose first column names what the others tell.
   *
   * @param figures columns that are numbers, to the right; from the second on
   */
  Page table(List<String> heads, int figures, List<List<String>> rows) {
    body.append("<div class=\"scroll\"><table><thead><tr>");
    cells("th", heads, figures);
    body.append("</tr></thead><tbody>\n");
    for (List<String> row : rows) {
      body.append("<tr>");
      cells("td", row, figures);
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
    return this;
  }

  private void cells(String tag, List<String> texts, int figures) {
    for (int i = 0; i < texts.size(); i++) {
      body.append('<').append(tag).append(i > 0 && i <= figures ? " class=\"n\">" : ">");
      body.append(escaped(texts.get(i))).append("</").append(tag).append('>');
    }
  }

  /**
   * Parts of a whole, each as long as its share.
   *
   * @param rows name, share from 0 to 1, and the figure as text
   */
  Page bars(List<Bar> rows) {
    body.append("<table class=\"bars\"><tbody>\n");
    for (Bar row : rows) {
      body.append("<tr><th scope=\"row\">")
          .append(escaped(row.name()))
          .append("</th><td><div class=\"");
      body.append(escaped(row.style())).append("\" style=\"width:");
      body.append(Math.clamp(Math.round(row.share() * 1000) / 10.0, 0.2, 100))
          .append("%\"></div></td>");
      body.append("<td class=\"n\">").append(escaped(row.text())).append("</td></tr>\n");
    }
    body.append("</tbody></table>\n");
    return this;
  }

  /**
   * One of {@link #bars}.
   *
   * @param style a class of page.css: a, b, c, d or none
   */
  record Bar(String name, double share, String text, String style) {}

  Page list(List<String> items) {
    body.append("<ul>\n");
    items.forEach(item -> body.append("<li>").append(escaped(item)).append("</li>\n"));
    body.append("</ul>\n");
    return this;
  }

  Page heading(String text) {
    return element("h3", "", text);
  }

  Page paragraph(String text) {
    return element("p", "", text);
  }

  /** A command to type. */
  Page command(String text) {
    return element("pre", "command", text);
  }

  /** What is seen only when it is opened. */
  Page folded(String summary, boolean open, Consumer<Page> inside) {
    body.append("<details").append(open ? " open" : "").append("><summary>");
    body.append(escaped(summary)).append("</summary>\n");
    inside.accept(this);
    body.append("</details>\n");
    return this;
  }

  /**
   * Lines of a stack.
   *
   * @param lines each with whether it is to be told from the others
   */
  Page stack(List<Map.Entry<String, Boolean>> lines) {
    body.append("<pre class=\"stack\">");
    for (Map.Entry<String, Boolean> line : lines) {
      String text = escaped(line.getKey());
      body.append(line.getValue() ? "<b>" + text + "</b>" : text).append('\n');
    }
    body.append("</pre>\n");
    return this;
  }

  /** A chart as wide as the page. */
  Page chart(Chart chart) {
    charts.add(chart);
    body.append("<figure class=\"chart\"><figcaption>").append(escaped(chart.heading()));
    body.append("</figcaption><div class=\"legend\">");
    for (Chart.Line line : chart.lines()) {
      body.append("<span><i class=\"").append(line.colour()).append(line.dashed() ? " dash" : "");
      body.append("\"></i>").append(escaped(Plain.line(line.label()))).append("</span>");
    }
    body.append("</div><div class=\"plot\" id=\"").append(escaped(chart.id()));
    body.append("\"></div></figure>\n");
    return this;
  }

  /** Charts beside each other, where the page is wide enough. */
  Page charts(List<Chart> several) {
    body.append("<div class=\"grid\">\n");
    several.forEach(this::chart);
    body.append("</div>\n");
    return this;
  }

  /** A part as wide as the page. */
  Page part(Part part) {
    parts.add(part);
    body.append("<div id=\"").append(escaped(part.id())).append("\"></div>\n");
    return this;
  }

  /** The whole page. */
  String html() {
    ArrayNode data = JsonNodeFactory.instance.arrayNode();
    charts.forEach(chart -> chart.writeTo(data.addObject()));
    // in a script element only "<" can end it or begin a comment; JSON takes it escaped
    String json = Json.line(data).replace("<", "\\u003c");
    String plot = Resources.plot("dist/uPlot.iife.min.js");
    String script = "\n" + Resources.own("page.js");
    List<String> scripts = new ArrayList<>();
    if (parts.isEmpty() || !charts.isEmpty()) {
      scripts.add(plot);
      scripts.add(script);
    }
    StringBuilder own = new StringBuilder();
    StringBuilder style = new StringBuilder();
    for (Part part : parts) {
      scripts.addAll(part.scripts());
      style.append(part.style());
      own.append("<script type=\"application/json\" id=\"").append(escaped(part.id()));
      own.append("-data\">").append(Json.line(part.data()).replace("<", "\\u003c"));
      own.append("</script>\n");
      part.notices().forEach((name, text) -> own.append(notice(name, text)));
    }
    String html =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            + policy(scripts)
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            + "<meta name=\"color-scheme\" content=\"light dark\">\n"
            + "<link rel=\"icon\" href=\"data:,\">\n<title>"
            + escaped(title)
            + "</title>\n<style>\n"
            + Resources.plot("dist/uPlot.min.css")
            + "\n"
            + Resources.own("page.css")
            + style
            + "</style>\n</head>\n<body>\n"
            + body
            + "<noscript><p class=\"warn\">The charts need JavaScript; all figures are in the"
            + " tables.</p></noscript>\n</main>\n"
            + "<footer>Made by Cubit. Charts by "
            + (parts.stream().allMatch(p -> p.notices().isEmpty()) ? "uPlot" : "uPlot and D3")
            + ".</footer>\n"
            + "<script type=\"application/json\" id=\"charts\">"
            + json
            + "</script>\n"
            + own
            + notice("uPlot", Resources.plot("LICENSE"))
            + scripts.stream().map(s -> "<script>" + s + "</script>\n").collect(joining())
            + "</body>\n</html>\n";
    // half a surrogate pair would keep the page from being written as UTF-8
    return new String(html.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String notice(String name, String text) {
    return "<!-- " + name + ":\n" + text.replace("--", "- -") + "\n-->\n";
  }

  /** Only these scripts run, and nothing is loaded. */
  private static String policy(List<String> scripts) {
    StringBuilder allowed = new StringBuilder();
    for (String script : scripts) {
      allowed.append(" 'sha256-").append(sha256(script)).append('\'');
    }
    return "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
        + " img-src data:; style-src 'unsafe-inline'; script-src"
        + allowed
        + "\">\n";
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
