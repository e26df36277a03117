package dev.cubit.load;

import java.util.List;
import java.util.Optional;

/**
 * The placeholders that each request fills with data of its own:
 *
 * <ul>
 *   <li>{@code [<id>]}: a number unique in the run, 16 hexadecimal digits; all {@code [<id>]} of
 *       one request are the same
 *   <li>{@code [<counter>]}: 0, 1, 2, … over the whole run
 *   <li>{@code [<text:N>]}: N random letters and digits, new each time, N from 1 to 4096
 *   <li>{@code [<number:A-B>]}: a random whole number from A to B
 *   <li>{@code [<row.NAME>]}: column NAME of the request's row; rows are taken in turn
 * </ul>
 *
 * @param rows the rows that {@code [<row.NAME>]} takes from, if there are any
 * @param seed of everything random: the same seed gives the same requests
 */
public record Variables(Optional<Rows> rows, long seed) {
  /**
   * A table of values.
   *
   * @param columns the names, in order, each once
   * @param rows at least one, each as long as {@code columns}
   */
  public record Rows(List<String> columns, List<List<String>> rows) {
    public Rows {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      if (rows.isEmpty()) {
        throw new IllegalArgumentException("there is no row of values");
      }
      for (List<String> row : rows) {
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(
              "a row has " + row.size() + " values, the heading " + columns.size() + ": " + row);
        }
      }
    }
  }
}
