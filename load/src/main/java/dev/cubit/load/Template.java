package dev.cubit.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with the placeholders of {@link Variables} in it, taken apart once, written often. */
final class Template {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\[<([^>\\]]*)>]");

  /** One piece of a template. */
  private sealed interface Part {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(byte[] bytes) implements Part {}

    record Id() implements Part {}

    record Counter() implements Part {}

    record Text(int length) implements Part {}

    record Between(long from, long to) implements Part {}

    record Row(int column) implements Part {}
  }

  private final Part[] parts;

  private Template(List<Part> parts) {
    this.parts = parts.toArray(Part[]::new);
  }

  /**
   * Takes a text apart.
   *
   * @param bytes whose placeholders are ASCII; all else may be anything
   * @param variables none: placeholders are text like any other
   * @throws LoadException on a placeholder that does not exist
   */
  static Template of(byte[] bytes, Optional<Variables> variables) throws LoadException {
    List<Part> parts = new ArrayList<>();
    // one char a byte, so that positions in the text are positions in the bytes
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = 0;
    if (variables.isPresent()) {
      Matcher matcher = PLACEHOLDER.matcher(text);
      while (matcher.find()) {
        addText(parts, text.substring(end, matcher.start()));
        parts.add(placeholder(matcher.group(1), variables.get()));
        end = matcher.end();
      }
    }
    addText(parts, text.substring(end));
    return new Template(parts);
  }

  private static void addText(List<Part> parts, String text) {
    if (!text.isEmpty()) {
      parts.add(new Part.Bytes(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  private static Part placeholder(String name, Variables variables) throws LoadException {
    try {
      if (name.equals("id")) {
        return new Part.Id();
      }
      if (name.equals("counter")) {
        return new Part.Counter();
      }
      if (name.startsWith("text:")) {
        int length = Integer.parseInt(name.substring(5));
        if (length >= 1 && length <= 4096) {
          return new Part.Text(length);
        }
      }
      if (name.startsWith("number:")) {
        Matcher range = Pattern.compile("(-?\\d+)-(-?\\d+)").matcher(name.substring(7));
        if (range.matches()) {
          long from = Long.parseLong(range.group(1));
          long to = Long.parseLong(range.group(2));
          if (from <= to) {
            return new Part.Between(from, to);
          }
        }
      }
    } catch (NumberFormatException e) {
      throw unknown(name, e);
    }
    if (name.startsWith("row.")) {
      return row(name.substring(4), variables);
    }
    throw unknown(name, null);
  }

  private static Part row(String column, Variables variables) throws LoadException {
    if (variables.rows().isEmpty()) {
      throw new LoadException(
          "[<row." + column + ">] needs a file of rows: give it with --data FILE.csv");
    }
    List<String> columns = variables.rows().get().columns();
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new LoadException(
          "[<row." + column + ">]: there is no such column, only " + String.join(", ", columns));
    }
    return new Part.Row(index);
  }

  private static LoadException unknown(
      String name, @org.jspecify.annotations.Nullable Exception cause) {
    String message =
        "[<"
            + name
            + ">] is no placeholder: there are [<id>], [<counter>], [<text:N>] with N from 1 to"
            + " 4096, [<number:A-B>] with A up to B, and [<row.COLUMN>]";
    return cause == null ? new LoadException(message) : new LoadException(message, cause);
  }

  /** True where it is the same text each time. */
  boolean constant() {
    return parts.length == 0 || (parts.length == 1 && parts[0] instanceof Part.Bytes);
  }

  void write(ByteBuf out, Values values) {
    for (Part part : parts) {
      switch (part) {
        case Part.Bytes p -> out.writeBytes(p.bytes());
        case Part.Id p -> values.writeId(out);
        case Part.Counter p -> values.writeCounter(out);
        case Part.Text p -> values.writeText(out, p.length());
        case Part.Between p -> values.writeNumber(out, p.from(), p.to());
        case Part.Row p -> values.writeRow(out, p.column());
      }
    }
  }
}
