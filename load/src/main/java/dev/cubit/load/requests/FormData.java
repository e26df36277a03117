package dev.cubit.load.requests;

import dev.cubit.load.Header;
import java.io.ByteArrayOutputStream;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * A multipart/form-data body, RFC 7578, made of autocannon's description of a form: {@code {"name":
 * {"type": "text", "value": "…"}, "upload": {"type": "file", "path": "…", "options": {"filename",
 * "filepath", "contentType"}}}}.
 *
 * @param body not to be changed
 * @param contentType with the boundary
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and may be large
public record FormData(byte[] body, String contentType) {

  /**
   * Makes a body.
   *
   * @param description JSON, or the path of a file that has it
   * @param seed of the boundary: the same seed gives the same bytes
   * @throws RequestFileException naming the field
   */
  public static FormData of(String description, long seed) throws RequestFileException {
    boolean inline = description.strip().startsWith("{");
    String what = inline ? "the form" : "the form in " + description;
    JsonNode fields =
        RequestFile.json(
            what, inline ? description : RequestFile.text(path("the form", description)));
    if (!fields.isObject() || fields.isEmpty()) {
      throw new RequestFileException(what + " must be an object of fields");
    }
    // 128 random bits: that a file has them in it is less likely than a bit flipped in memory
    String boundary =
        "cubit"
            + HexFormat.of().toHexDigits(new Random(seed).nextLong())
            + HexFormat.of().toHexDigits(new Random(~seed).nextLong());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (var field : fields.properties()) {
      out.writeBytes(utf8("--" + boundary + "\r\n"));
      part(field.getKey(), field.getValue(), out);
      out.writeBytes(utf8("\r\n"));
    }
    out.writeBytes(utf8("--" + boundary + "--\r\n"));
    return new FormData(out.toByteArray(), "multipart/form-data; boundary=" + boundary);
  }

  private static void part(String name, JsonNode field, ByteArrayOutputStream out)
      throws RequestFileException {
    String disposition = "Content-Disposition: form-data; name=\"" + quoted(name) + "\"";
    switch (field.path("type").asString("")) {
      case "text" -> {
        if (!field.path("value").isValueNode()) {
          throw new RequestFileException("the form's field '" + name + "' has no value");
        }
        out.writeBytes(utf8(disposition + "\r\n\r\n" + field.path("value").asString()));
      }
      case "file" -> {
        Path file = path("the form's field '" + name + "'", field.path("path").asString(""));
        JsonNode options = field.path("options");
        String shown =
            options
                .path("filepath")
                .asString(options.path("filename").asString(String.valueOf(file.getFileName())));
        String guessed = URLConnection.guessContentTypeFromName(shown);
        String type =
            options
                .path("contentType")
                .asString(guessed == null ? "application/octet-stream" : guessed);
        try {
          new Header("Content-Type", type);
        } catch (IllegalArgumentException e) {
          throw new RequestFileException("the form's field '" + name + "': " + e.getMessage());
        }
        out.writeBytes(
            utf8(
                disposition
                    + "; filename=\""
                    + quoted(shown)
                    + "\"\r\nContent-Type: "
                    + type
                    + "\r\n\r\n"));
        out.writeBytes(content(name, file));
      }
      default ->
          throw new RequestFileException(
              "the form's field '" + name + "' must have the type text or file");
    }
  }

  private static byte[] content(String name, Path file) throws RequestFileException {
    try {
      return RequestFile.bytes(file);
    } catch (RequestFileException e) {
      throw new RequestFileException("the form's field '" + name + "': " + e.getMessage());
    }
  }

  private static Path path(String where, String text) throws RequestFileException {
    if (text.isEmpty()) {
      throw new RequestFileException(where + " has no path of a file");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new RequestFileException(where + ": '" + text + "' cannot be the path of a file");
    }
  }

  /** As browsers do it, HTML's multipart/form-data encoding. */
  private static String quoted(String text) {
    return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
