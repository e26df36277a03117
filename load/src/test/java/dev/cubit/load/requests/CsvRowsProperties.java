package dev.cubit.load.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.Variables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class CsvRowsProperties {
  /** Rows of the same length, the first of which are names. */
  record Table(List<List<String>> lines) {}

  @Property
  void what_was_written_as_rfc_4180_says_is_read(
      @ForAll("tables") Table table,
      @ForAll("lineBreaks") String lineBreak,
      @ForAll boolean quoteAll,
      @ForAll boolean endsWithLineBreak,
      @ForAll boolean mark)
      throws RequestFileException {
    String text =
        (mark ? "\uFEFF" : "")
            + table.lines().stream()
                .map(line -> written(line, quoteAll))
                .collect(Collectors.joining(lineBreak))
            + (endsWithLineBreak ? lineBreak : "");
    Variables.Rows rows = Told.from(text.getBytes(StandardCharsets.UTF_8), CsvRows::read);
    assertThat(rows.columns()).isEqualTo(table.lines().getFirst());
    assertThat(rows.rows()).isEqualTo(table.lines().subList(1, table.lines().size()));
  }

  @Property
  void whatever_is_in_a_file_is_rows_or_one_clear_line_that_names_it(
      @ForAll("almostCsv") String text) {
    Told.Reader<Boolean> reader =
        file -> {
          try {
            Variables.Rows rows = CsvRows.read(file);
            return !rows.rows().isEmpty();
          } catch (RequestFileException e) {
            String message = String.valueOf(e.getMessage());
            Told.requireReadable(message);
            return message.startsWith(file.toString());
          }
        };
    assertThat(read(text, reader)).isTrue();
  }

  private static boolean read(String text, Told.Reader<Boolean> reader) {
    try {
      return Told.from(text.getBytes(StandardCharsets.UTF_8), reader);
    } catch (RequestFileException e) {
      throw new AssertionError(e);
    }
  }

  private static String written(List<String> line, boolean quoteAll) {
    return line.stream()
        .map(
            value ->
                quoteAll || line.size() == 1 || value.matches("(?s).*[\",\r\n].*")
                    ? "\"" + value.replace("\"", "\"\"") + "\""
                    : value)
        .collect(Collectors.joining(","));
  }

  @Provide
  Arbitrary<Table> tables() {
    Arbitrary<String> values =
        Arbitraries.strings()
            .withChars("ab ,;\"'\r\n\tü😀\0\uFEFF")
            .ofMaxLength(6)
            .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    return Arbitraries.integers()
        .between(1, 4)
        .flatMap(
            width -> {
              Arbitrary<List<String>> names =
                  values
                      .map(name -> "x" + name) // a heading of blanks only is none
                      .list()
                      .ofSize(width)
                      .uniqueElements();
              return names.flatMap(
                  heading ->
                      values
                          .list()
                          .ofSize(width)
                          .list()
                          .ofMinSize(1)
                          .ofMaxSize(5)
                          .map(
                              rows -> {
                                List<List<String>> lines = new java.util.ArrayList<>(rows);
                                lines.addFirst(heading);
                                return new Table(lines);
                              }));
            });
  }

  @Provide
  Arbitrary<String> lineBreaks() {
    return Arbitraries.of("\n", "\r\n", "\r");
  }

  @Provide
  Arbitrary<String> almostCsv() {
    return Arbitraries.of("a", "b", ",", "\"", "\"\"", "\n", "\r\n", "\r", " ", "\0", "ü", "\uFEFF")
        .list()
        .ofMaxSize(20)
        .map(pieces -> String.join("", pieces));
  }
}
