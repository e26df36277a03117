package dev.cubit.load.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FormDataTest {
  @TempDir Path folder;

  /** The body with the boundary written as -B-. */
  private static String read(String description) throws RequestFileException {
    FormData form = FormData.of(description, 7);
    String boundary = form.contentType().substring("multipart/form-data; boundary=".length());
    return new String(form.body(), StandardCharsets.UTF_8).replace("--" + boundary, "-B-");
  }

  private static String upload(Path file, String options) {
    return "{\"up\": {\"type\": \"file\", \"path\": \"" + file + "\"" + options + "}}";
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void text_fields_are_sent_in_their_order() throws RequestFileException {
    assertThat(
            read(
                """
                {"b": {"type": "text", "value": "grüße\\r\\n"}, "a": {"type": "text", "value": ""},
                 "n": {"type": "text", "value": 1.10}, "y": {"type": "text", "value": true}}
                """))
        .isEqualTo(
            "-B-\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\ngrüße\r\n\r\n"
                + "-B-\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n"
                + "-B-\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1.10\r\n"
                + "-B-\r\nContent-Disposition: form-data; name=\"y\"\r\n\r\ntrue\r\n"
                + "-B---\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          a.png   |                                                | a.png | image/png
          a.what  |                                                | a.what | application/octet-stream
          a       | "filename": "b.png"                            | b.png | image/png
          a       | "filename": "b.png", "filepath": "c/d.txt"     | c/d.txt | text/plain
          a.png   | "contentType": "text/x"                        | a.png | text/x
          """)
  void a_file_is_sent_with_its_name_and_type_unless_the_options_say_otherwise(
      String name, @org.jspecify.annotations.Nullable String options, String shown, String type)
      throws Exception {
    String words = options == null ? "" : ", \"options\": {" + options + "}";
    assertThat(read(upload(file(name, "con\r\ntent"), words)))
        .isEqualTo(
            "-B-\r\nContent-Disposition: form-data; name=\"up\"; filename=\""
                + shown
                + "\"\r\nContent-Type: "
                + type
                + "\r\n\r\ncon\r\ntent\r\n-B---\r\n");
  }

  @Test
  void quotes_and_line_breaks_in_names_are_sent_as_browsers_do() throws Exception {
    assertThat(
            read(
                "{\"a\\\"\\r\\nX: y\": {\"type\": \"file\", \"path\": \""
                    + file("a", "")
                    + "\", \"options\": {\"filename\": \"\\\"ü\\n\"}}}"))
        .startsWith(
            "-B-\r\nContent-Disposition: form-data; name=\"a%22%0D%0AX: y\";"
                + " filename=\"%22ü%0A\"\r\n");
  }

  @Test
  void a_content_type_cannot_smuggle_in_a_header() throws IOException {
    Path file = file("a", "");
    Told.by(() -> read(upload(file, ", \"options\": {\"contentType\": \"a/b\\r\\nX: y\"}")))
        .isEqualTo(
            "the form's field 'up': the value of header Content-Type has a line break or a NUL in"
                + " it");
  }

  @Test
  void a_server_reads_what_was_meant() throws Exception {
    byte[] bytes = new byte[100_000];
    new java.util.Random(1).nextBytes(bytes);
    Path file = Files.write(folder.resolve("a.bin"), bytes);
    FormData form =
        FormData.of(
            "{\"name\": {\"type\": \"text\", \"value\": \"Ada\"}, " + upload(file, "").substring(1),
            3);
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(form.body()));
    request.headers().set("Content-Type", form.contentType());
    HttpPostRequestDecoder decoder =
        new HttpPostRequestDecoder(new DefaultHttpDataFactory(false), request);
    try {
      assertThat(decoder.getBodyHttpDatas()).hasSize(2);
      assertThat(((Attribute) decoder.getBodyHttpData("name")).getValue()).isEqualTo("Ada");
      FileUpload upload = (FileUpload) decoder.getBodyHttpData("up");
      assertThat(upload.getFilename()).isEqualTo("a.bin");
      assertThat(upload.get()).isEqualTo(bytes);
    } finally {
      decoder.destroy();
    }
  }

  @Test
  void the_same_seed_gives_the_same_bytes_and_another_one_another_boundary()
      throws RequestFileException {
    String description = "{\"a\": {\"type\": \"text\", \"value\": \"b\"}}";
    assertThat(FormData.of(description, 1).body()).isEqualTo(FormData.of(description, 1).body());
    assertThat(FormData.of(description, 1).contentType())
        .isNotEqualTo(FormData.of(description, 2).contentType());
  }

  @Test
  void a_description_may_be_in_a_file() throws Exception {
    Path file = file("form.json", "\uFEFF {\"a\": {\"type\": \"text\", \"value\": \"b\"}}");
    assertThat(read(file.toString()))
        .isEqualTo(read(" {\"a\": {\"type\": \"text\", \"value\": \"b\"}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": "b"}                            | must have the type text or file
          {"a": null}                           | must have the type text or file
          {"a": {}}                             | must have the type text or file
          {"a": {"type": "image"}}              | must have the type text or file
          {"a": {"type": ["text"]}}             | must have the type text or file
          {"a": {"type": "text"}}               | has no value
          {"a": {"type": "text", "value": []}}  | has no value
          {"a": {"type": "file"}}               | has no path of a file
          {"a": {"type": "file", "path": ""}}   | has no path of a file
          {"a": {"type": "file", "path": {}}}   | has no path of a file
          {"a": {"type": "file", "path": "x\\u0000y"}} | : 'x\\u0000y' cannot be the path of a file
          """)
  void a_field_that_is_wrong_is_told_by_its_name(String description, String what) {
    Told.by(() -> read(description))
        .isEqualTo("the form's field 'a'" + (what.startsWith(":") ? "" : " ") + what);
  }

  @Test
  void a_file_that_cannot_be_sent_is_told_with_its_field() throws IOException {
    Path missing = folder.resolve("missing");
    Told.by(() -> read(upload(missing, "")))
        .isEqualTo("the form's field 'up': there is no file " + missing + " that can be read");
    Told.by(() -> read(upload(folder, "")))
        .isEqualTo("the form's field 'up': " + folder + " is a folder, not a file");
    Path large = folder.resolve("large");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(3L * 1024 * 1024 * 1024); // more than an array can hold
    }
    Told.by(() -> read(upload(large, "")))
        .isEqualTo("the form's field 'up': " + large + " is larger than 256 MiB");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                 | the form, line 1, column 2: no valid JSON: Unexpected end-of-input
          {"a"}             | the form, line 1, column 5: no valid JSON: Unexpected character
          {"a":1,"a":2}     | the form, line 1, column 11: no valid JSON: Duplicate Object property "a"
          {} x              | the form, line 1, column 4: no valid JSON: Unrecognized token 'x'
          {}                | the form must be an object of fields
          [1]               | there is no file [1] that can be read
          """)
  void a_description_that_is_wrong_is_told(String description, String what) {
    Told.by(() -> read(description)).startsWith(what).doesNotContain("Source");
  }

  @Test
  void a_description_that_is_too_deep_is_told() {
    Told.by(() -> read("{\"a\":".repeat(100_000)))
        .startsWith("the form: no valid JSON: ")
        .contains("depth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "\"a\"", "null", "1"})
  void a_file_that_describes_no_form_is_told(String text) throws IOException {
    Path file = file("form.json", text);
    Told.by(() -> read(file.toString()))
        .isEqualTo("the form in " + file + " must be an object of fields");
  }

  @Test
  void a_description_that_is_no_path_is_told() throws IOException {
    Told.by(() -> read("")).isEqualTo("the form has no path of a file");
    Told.by(() -> read("a\0b")).isEqualTo("the form: 'a\\u0000b' cannot be the path of a file");
    Told.by(() -> read("x".repeat(5000))).startsWith("there is no file xxx");
    Told.by(() -> read(folder.toString())).isEqualTo(folder + " is a folder, not a file");
    Path latin = Files.write(folder.resolve("a"), "{\"ä".getBytes(StandardCharsets.ISO_8859_1));
    Told.by(() -> read(latin.toString())).isEqualTo(latin + " is not UTF-8 text");
  }
}
