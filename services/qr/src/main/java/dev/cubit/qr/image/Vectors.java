package dev.cubit.qr.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cubit.qr.symbol.Symbol;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;

/**
 * Files of shapes instead of pixels. All have the layout of the PNG of the same size, a pixel being
 * a point; so they can be enlarged, and look the same at 100 %. Numbers are formatted without the
 * default locale, in which they can have digits that no reader of these files knows.
 *
 * <p>A dark that is not opaque shows the paper, as in the PNG, and not the light: then the light
 * has holes where the modules are.
 */
final class Vectors {
  private Vectors() {}

  /** SVG 1.1 with one path for the dark. */
  static byte[] svg(Symbol symbol, Style style) {
    var layout = Layout.of(symbol.size(), style);
    var path = new StringBuilder();
    Runs.of(symbol, (column, row, length) -> rectangle(path, column, row, length, 1));
    return String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d"\
             shape-rendering="crispEdges">
            %3$s
            <path transform="translate(%4$d %5$d) scale(%6$d)" %7$s d="%8$s"/>
            </svg>
            """,
            layout.width(),
            layout.height(),
            light(symbol, layout, style),
            layout.left(),
            layout.top(),
            layout.module(),
            fill(style.dark()),
            path)
        .getBytes(US_ASCII);
  }

  private static String light(Symbol symbol, Layout layout, Style style) {
    var light = fill(style.light());
    if (style.dark().isOpaque()) {
      return String.format(
          Locale.ROOT,
          "<rect width=\"%d\" height=\"%d\" %s/>",
          layout.width(),
          layout.height(),
          light);
    }
    var path = new StringBuilder();
    rectangle(path, 0, 0, layout.width(), layout.height());
    int module = layout.module();
    Runs.of(
        symbol,
        (column, row, length) ->
            rectangle(
                path,
                layout.left() + module * column,
                layout.top() + module * row,
                module * length,
                module));
    return "<path fill-rule=\"evenodd\" " + light + " d=\"" + path + "\"/>";
  }

  private static void rectangle(StringBuilder path, int x, int y, int width, int height) {
    path.append('M').append(x).append(' ').append(y).append('h').append(width);
    path.append('v').append(height).append("h-").append(width).append('z');
  }

  private static String fill(Rgba colour) {
    var fill =
        String.format(
            Locale.ROOT, "fill=\"#%02x%02x%02x\"", colour.red(), colour.green(), colour.blue());
    return colour.isOpaque() ? fill : fill + " fill-opacity=\"" + decimal(colour.alpha()) + "\"";
  }

  /** Encapsulated PostScript, level 2; it knows no alpha, so colours are as on white paper. */
  static byte[] eps(Symbol symbol, Style style) {
    var layout = Layout.of(symbol.size(), style);
    var file = new StringBuilder();
    file.append(
        String.format(
            Locale.ROOT,
            """
            %%!PS-Adobe-3.0 EPSF-3.0
            %%%%BoundingBox: 0 0 %1$d %2$d
            %%%%LanguageLevel: 2
            %%%%Pages: 1
            %%%%EndComments
            gsave
            %3$s setrgbcolor
            0 0 %1$d %2$d rectfill
            %4$s setrgbcolor
            %5$d %6$d translate
            %7$d -%7$d scale
            /r { 1 rectfill } bind def
            """,
            layout.width(),
            layout.height(),
            triple(style.light().onWhite()),
            triple(style.dark().onWhite()),
            layout.left(),
            layout.height() - layout.top(),
            layout.module()));
    Runs.of(
        symbol,
        (column, row, length) ->
            file.append(column).append(' ').append(row).append(' ').append(length).append(" r\n"));
    return file.append("grestore\nshowpage\n%%EOF\n").toString().getBytes(US_ASCII);
  }

  /** PDF 1.4 of one page. */
  static byte[] pdf(Symbol symbol, Style style) {
    var layout = Layout.of(symbol.size(), style);
    var content = new StringBuilder();
    content.append(
        String.format(
            Locale.ROOT,
            "/L gs %s rg 0 0 %d %d re %sf* /D gs %s rg %d 0 0 -%d %d %d cm\n",
            triple(style.light()),
            layout.width(),
            layout.height(),
            holes(symbol, layout, style),
            triple(style.dark()),
            layout.module(),
            layout.module(),
            layout.left(),
            layout.height() - layout.top()));
    Runs.of(
        symbol,
        (column, row, length) ->
            content
                .append(column)
                .append(' ')
                .append(row)
                .append(' ')
                .append(length)
                .append(" 1 re\n"));
    var deflated = deflate(content.append("f\n").toString().getBytes(US_ASCII));
    return pdf(
        List.of(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            String.format(
                Locale.ROOT,
                """
                << /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R \
                /Resources << /ExtGState << /L << /ca %s >> /D << /ca %s >> >> >> >>\
                """,
                layout.width(),
                layout.height(),
                decimal(style.light().alpha()),
                decimal(style.dark().alpha())),
            String.format(
                Locale.ROOT,
                "<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream",
                deflated.length,
                new String(deflated, ISO_8859_1))));
  }

  /** What the light of a PDF leaves out. */
  private static String holes(Symbol symbol, Layout layout, Style style) {
    var holes = new StringBuilder();
    if (!style.dark().isOpaque()) {
      int module = layout.module();
      int above = layout.height() - layout.top();
      Runs.of(
          symbol,
          (column, row, length) -> {
            holes.append(layout.left() + module * column).append(' ');
            holes.append(above - module * (row + 1)).append(' ');
            holes.append(module * length).append(' ').append(module).append(" re\n");
          });
    }
    return holes.toString();
  }

  /** Numbers the objects and appends the table of where they are. */
  private static byte[] pdf(List<String> objects) {
    // Four bytes above 127 tell that this is no text.
    var file = new StringBuilder("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
    var offsets = new ArrayList<Integer>();
    for (var object : objects) {
      offsets.add(file.length());
      file.append(offsets.size()).append(" 0 obj\n").append(object).append("\nendobj\n");
    }
    int table = file.length();
    file.append("xref\n0 ").append(objects.size() + 1).append("\n0000000000 65535 f \n");
    for (int offset : offsets) {
      file.append(String.format(Locale.ROOT, "%010d 00000 n \n", offset));
    }
    file.append("trailer\n<< /Size ").append(objects.size() + 1).append(" /Root 1 0 R >>\n");
    file.append("startxref\n").append(table).append("\n%%EOF\n");
    return file.toString().getBytes(ISO_8859_1);
  }

  private static byte[] deflate(byte[] data) {
    var deflater = new Deflater();
    try {
      deflater.setInput(data);
      deflater.finish();
      var deflated = new ByteArrayOutputStream();
      var buffer = new byte[8192];
      while (!deflater.finished()) {
        deflated.write(buffer, 0, deflater.deflate(buffer));
      }
      return deflated.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static String triple(Rgba colour) {
    return decimal(colour.red()) + ' ' + decimal(colour.green()) + ' ' + decimal(colour.blue());
  }

  /** 0 to 255 as 0 to 1. */
  private static String decimal(int part) {
    return part == 0 ? "0" : part == 255 ? "1" : String.format(Locale.ROOT, "%.4f", part / 255.0);
  }
}
