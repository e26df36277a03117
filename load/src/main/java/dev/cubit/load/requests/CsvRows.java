package dev.cubit.load.requests;

import dev.cubit.load.Variables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Rows of values from a CSV file, RFC 4180, with the columns' names in its first line. */
public final class CsvRows {
  private final Path file;
  private final String text;
  private int at;
  private int line = 1;

  private CsvRows(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * Reads a file.
   *
   * @throws RequestFileException naming the file and the line
   */
  public static Variables.Rows read(Path file) throws RequestFileException {
    return new CsvRows(file, RequestFile.text(file)).rows();
  }

  private Variables.Rows rows() throws RequestFileException {
    List<String> columns = at < text.length() ? record() : List.of();
    if (columns.isEmpty() || columns.stream().allMatch(String::isBlank)) {
      throw new RequestFileException(file + " has no line with the names of its columns");
    }
    if (new HashSet<>(columns).size() < columns.size()) {
      throw new RequestFileException(file + ", line 1: two columns have the same name");
    }
    List<List<String>> rows = new ArrayList<>();
    while (at < text.length()) {
      int first = line;
      boolean blank = "\r\n".indexOf(text.charAt(at)) >= 0; // a line with "" is a row
      List<String> row = record();
      if (blank) {
        continue;
      }
      if (row.size() != columns.size()) {
        throw new RequestFileException(
            file
                + ", line "
                + first
                + ": "
                + row.size()
                + " values, but "
                + columns.size()
                + " columns");
      }
      rows.add(row);
    }
    if (rows.isEmpty()) {
      throw new RequestFileException(file + " has no row of values under the names of its columns");
    }
    return new Variables.Rows(columns, rows);
  }

  private List<String> record() throws RequestFileException {
    List<String> values = new ArrayList<>();
    while (true) {
      values.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
      if (at >= text.length()) {
        return values;
      }
      char end = text.charAt(at++);
      if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
        end = text.charAt(at++);
      }
      if (end == '\n' || end == '\r') {
        line++;
        return values;
      }
    }
  }

  private String plain() {
    int start = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() throws RequestFileException {
    int first = line;
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n') {
        line++;
      }
      if (c != '"') {
        value.append(c);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
        value.append('"');
        at++;
      } else {
        at++;
        if (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
          throw new RequestFileException(
              file + ", line " + line + ": something stands behind a closing quote");
        }
        return value.toString();
      }
    }
    throw new RequestFileException(file + ", line " + first + ": a quote is opened and not closed");
  }
}
