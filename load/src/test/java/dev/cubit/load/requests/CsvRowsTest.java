package dev.cubit.load.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.Variables;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvRowsTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("rows.csv"), text);
  }

  private Variables.Rows read(String text) throws IOException, RequestFileException {
    return CsvRows.read(file(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name,city\nAda,Köln\nBob,Rom\n",
        "name,city\r\nAda,Köln\r\nBob,Rom",
        "name,city\rAda,Köln\rBob,Rom\r",
        "\uFEFFname,city\nAda,Köln\n\n\r\nBob,Rom\n\n",
        "\"name\",\"city\"\n\"Ada\",Köln\nBob,\"Rom\""
      })
  void lines_may_end_as_on_any_system_and_values_may_be_quoted(String text) throws Exception {
    Variables.Rows rows = read(text);
    assertThat(rows.columns()).containsExactly("name", "city");
    assertThat(rows.rows()).containsExactly(List.of("Ada", "Köln"), List.of("Bob", "Rom"));
  }

  @Test
  void a_quoted_value_may_have_commas_quotes_and_line_breaks() throws Exception {
    assertThat(read("a,b\n\"1,2\",\"say \"\"hi\"\"\"\n\"x\r\ny\",\"\"\n").rows())
        .containsExactly(List.of("1,2", "say \"hi\""), List.of("x\r\ny", ""));
  }

  @Test
  void spaces_and_quotes_within_a_value_belong_to_it() throws Exception {
    assertThat(read("a,b\n 1 ,5\" pipe\n").rows()).containsExactly(List.of(" 1 ", "5\" pipe"));
  }

  @Test
  void values_may_be_empty_also_the_last_one() throws Exception {
    assertThat(read("a,b\n,\n1,\n,2").rows())
        .containsExactly(List.of("", ""), List.of("1", ""), List.of("", "2"));
  }

  @Test
  void an_empty_line_is_no_row_but_an_empty_value_in_quotes_is_one() throws Exception {
    assertThat(read("a\n1\n\n\"\"\n2\n").rows())
        .containsExactly(List.of("1"), List.of(""), List.of("2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\n", "\r\na,b\n1,2", " \n1\n", ",\n1,2\n", "\"\"\n1"})
  void a_file_without_names_of_columns_is_told(String text) throws IOException {
    Path file = file(text);
    Told.by(() -> CsvRows.read(file))
        .isEqualTo(file + " has no line with the names of its columns");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a,b\n", "a,b\r\n\r\n\r\n"})
  void a_file_with_a_heading_only_is_told(String text) throws IOException {
    Path file = file(text);
    Told.by(() -> CsvRows.read(file))
        .isEqualTo(file + " has no row of values under the names of its columns");
  }

  @Test
  void a_name_that_two_columns_have_is_told() throws IOException {
    Path file = file("a,b,a\n1,2,3\n");
    Told.by(() -> CsvRows.read(file)).isEqualTo(file + ", line 1: two columns have the same name");
  }

  @Test
  void a_row_that_is_too_short_or_too_long_is_told_with_the_line_where_it_begins()
      throws IOException {
    Path tooShort = file("a,b\n\"1\n1\",\"2\r\n2\"\n\n3\n");
    Told.by(() -> CsvRows.read(tooShort)).isEqualTo(tooShort + ", line 6: 1 values, but 2 columns");
    Path tooLong = file("a,b\r\n1,2\r\n1,\"2\n2\",3\r\n");
    Told.by(() -> CsvRows.read(tooLong)).isEqualTo(tooLong + ", line 3: 3 values, but 2 columns");
  }

  @Test
  void a_quote_that_is_not_closed_is_told_with_the_line_where_it_was_opened() throws IOException {
    Path file = file("a\n1\n\"2\n3\n4");
    Told.by(() -> CsvRows.read(file))
        .isEqualTo(file + ", line 3: a quote is opened and not closed");
  }

  @Test
  void something_behind_a_closing_quote_is_told_with_its_line() throws IOException {
    Path file = file("a\n1\n\"2\n3\" \n4");
    Told.by(() -> CsvRows.read(file))
        .isEqualTo(file + ", line 4: something stands behind a closing quote");
  }

  @Test
  void a_missing_file_and_a_folder_are_told() {
    Path missing = folder.resolve("missing.csv");
    Told.by(() -> CsvRows.read(missing))
        .isEqualTo("there is no file " + missing + " that can be read");
    Told.by(() -> CsvRows.read(folder)).isEqualTo(folder + " is a folder, not a file");
  }

  @Test
  void a_file_that_is_not_utf_8_is_told() throws IOException {
    Path file = Files.write(folder.resolve("a"), "a\nKöln".getBytes(StandardCharsets.ISO_8859_1));
    Told.by(() -> CsvRows.read(file)).isEqualTo(file + " is not UTF-8 text");
    Files.write(file, "a\n1".getBytes(StandardCharsets.UTF_16)); // as spreadsheets save it
    Told.by(() -> CsvRows.read(file)).isEqualTo(file + " is not UTF-8 text");
  }

  @Test
  void a_file_that_is_too_large_is_told_and_not_read() throws IOException {
    Path file = file("a\n1\n");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(256L * 1024 * 1024 + 1);
    }
    Told.by(() -> CsvRows.read(file)).isEqualTo(file + " is larger than 256 MiB");
  }
}
