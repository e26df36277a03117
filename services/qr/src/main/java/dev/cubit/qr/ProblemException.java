package dev.cubit.qr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serial;

/**
 * A request that cannot be answered as it is. It becomes a problem document (RFC 9457), whose
 * detail is the message: the one sentence that the client reads.
 */
final class ProblemException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final String parameter;
  private final String detail;

  /**
   * Clients cause these at will, so no stack trace is collected.
   *
   * @param parameter what has to change, by the name that the client used; empty if it is no
   *     parameter
   */
  private ProblemException(int status, String parameter, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.parameter = parameter;
    this.detail = detail;
  }

  /** A 400 that names the parameter. */
  static ProblemException parameter(String name, String detail) {
    return new ProblemException(400, name, detail);
  }

  /** Any other status. */
  static ProblemException of(int status, String detail) {
    return new ProblemException(status, "", detail);
  }

  /** The same, told of a place inside a document: {@code size} in {@code codes[3]}. */
  ProblemException within(String place) {
    var name = parameter.isEmpty() ? place : place + "." + parameter;
    return new ProblemException(status, name, place + ": " + detail);
  }

  @Override
  public String getMessage() {
    return detail;
  }

  int status() {
    return status;
  }

  /** Empty if none is at fault. */
  String parameter() {
    return parameter;
  }

  byte[] document() {
    var json = new StringBuilder("{\"type\":\"about:blank\",\"title\":\"");
    json.append(title()).append("\",\"status\":").append(status);
    if (!parameter.isEmpty()) {
      json.append(",\"parameter\":");
      Json.quote(json, parameter);
    }
    json.append(",\"detail\":");
    Json.quote(json, detail);
    return json.append("}\n").toString().getBytes(UTF_8);
  }

  private String title() {
    return switch (status) {
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
