package dev.cubit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serial;
import java.util.List;

/**
 * A request that cannot be answered as it is. It becomes a problem document (RFC 9457), whose
 * detail is the message: the one sentence that the client reads.
 */
public final class ProblemException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final int LONGEST_SHOWN = 40;

  /**
   * One thing that is wrong with a document.
   *
   * @param pointer where, as a JSON Pointer (RFC 6901): {@code /price/amount}
   * @param detail what, and what it has to be
   */
  public record Violation(String pointer, String detail) {}

  private final int status;
  private final String parameter;
  private final String detail;

  /** Not serialized: the exception ends as a document. */
  private final transient List<Violation> violations;

  /**
   * Clients cause these at will, so no stack trace is collected.
   *
   * @param parameter what has to change, by the name that the client used; empty if it is no
   *     parameter
   */
  private ProblemException(
      int status, String parameter, String detail, List<Violation> violations) {
    super(detail, null, false, false);
    this.status = status;
    this.parameter = parameter;
    this.detail = detail;
    this.violations = List.copyOf(violations);
  }

  /** A 400 that names the parameter. */
  public static ProblemException parameter(String name, String detail) {
    return new ProblemException(400, name, detail, List.of());
  }

  /** Any other status. */
  public static ProblemException of(int status, String detail) {
    return new ProblemException(status, "", detail, List.of());
  }

  /** One that tells each thing that is wrong with a document. */
  public static ProblemException violations(int status, String detail, List<Violation> violations) {
    return new ProblemException(status, "", detail, violations);
  }

  /** As much of what a client wrote as a sentence takes. */
  public static String shown(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
  }

  /** The same, told of a place inside a document: {@code size} in {@code codes[3]}. */
  public ProblemException within(String place) {
    var name = parameter.isEmpty() ? place : place + "." + parameter;
    return new ProblemException(status, name, place + ": " + detail, violations);
  }

  @Override
  public String getMessage() {
    return detail;
  }

  /** Of the answer. */
  public int status() {
    return status;
  }

  /** Empty if none is at fault. */
  public String parameter() {
    return parameter;
  }

  /** The body of the answer, {@code application/problem+json}. */
  public byte[] document() {
    var json = new StringBuilder("{\"type\":\"about:blank\",\"title\":\"");
    json.append(title()).append("\",\"status\":").append(status);
    if (!parameter.isEmpty()) {
      json.append(",\"parameter\":");
      Json.quote(json, parameter);
    }
    json.append(",\"detail\":");
    Json.quote(json, detail);
    if (!violations.isEmpty()) {
      appendViolations(json);
    }
    return json.append("}\n").toString().getBytes(UTF_8);
  }

  private void appendViolations(StringBuilder json) {
    var separator = ",\"errors\":[";
    for (var violation : violations) {
      json.append(separator).append("{\"pointer\":");
      Json.quote(json, violation.pointer());
      json.append(",\"detail\":");
      Json.quote(json, violation.detail());
      json.append('}');
      separator = ",";
    }
    json.append(']');
  }

  private String title() {
    return switch (status) {
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Content";
      case 428 -> "Precondition Required";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
