package dev.cubit.scale.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cubit.scale.topology.ScaleException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A problem document (RFC 9457).
 *
 * @param title the status in words
 * @param detail the sentence that the user reads; may have several lines
 * @param problems what is wrong in a file; empty where it is no file that is wrong
 */
record ProblemDocument(
    String title,
    int status,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ScaleException.Problem> problems) {
  static final String TYPE = "application/problem+json";

  /** The last line of a stream that has failed. */
  record LastLine(ProblemDocument problem) {}

  static ProblemDocument of(int status, String detail) {
    return new ProblemDocument(
        HttpResponseStatus.valueOf(status).reasonPhrase(), status, detail, List.of());
  }

  static ProblemDocument of(ScaleException e) {
    ProblemDocument plain = of(409, String.valueOf(e.getMessage()));
    return new ProblemDocument(plain.title, plain.status, plain.detail, e.problems());
  }

  /** Of a bug: what it was is for those who mend the program. */
  static ProblemDocument ofBug() {
    return of(500, "cubit up has failed at this; its own terminal says how");
  }

  /** The exception that it was made of. */
  static ScaleException exception(int status, JsonNode document) {
    List<ScaleException.Problem> problems =
        document.path("problems").valueStream().map(ProblemDocument::problem).toList();
    if (!problems.isEmpty()) {
      return new ScaleException(problems);
    }
    String detail = document.path("detail").asString("");
    return new ScaleException(detail.isEmpty() ? "the running system answers " + status : detail);
  }

  private static ScaleException.Problem problem(JsonNode node) {
    return new ScaleException.Problem(
        node.path("file").asString(""),
        node.path("line").asInt(0),
        node.path("column").asInt(0),
        node.path("sentence").asString(""));
  }
}
