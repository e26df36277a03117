package dev.cubit.scale.gateway;

/**
 * Answers of the gateway's own: problem documents (RFC 9457) that name the service and nothing of
 * how it is run, and redirects.
 */
final class Problem {
  private static final byte[] METHODS =
      Bytes.of("allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n");

  private Problem() {}

  /**
   * Writes a whole answer.
   *
   * @param service empty where none is concerned
   * @param fields lines that end with CRLF
   */
  static void write(
      Outgoing out,
      ResponseWriter writer,
      int status,
      String detail,
      String service,
      byte[] fields,
      boolean headOnly,
      ResponseWriter.Connection connection) {
    String body =
        "{\"title\":\""
            + title(status)
            + "\",\"status\":"
            + status
            + ",\"detail\":\""
            + json(detail)
            + "\""
            + (service.isEmpty() ? "" : ",\"service\":\"" + json(service) + "\"")
            + "}\n";
    byte[] bytes = Bytes.of(body);
    out.put(Bytes.of("HTTP/1.1 " + status + " " + title(status) + "\r\n"))
        .put(writer.date())
        .put(Bytes.of("content-type: application/problem+json\r\ncontent-length: "))
        .put(bytes.length)
        .put(Bytes.CRLF)
        .put(fields);
    if (status == 405 && fields.length == 0) {
      out.put(METHODS);
    }
    ResponseWriter.connection(out, connection);
    out.put(Bytes.CRLF);
    if (!headOnly) {
      out.put(bytes);
    }
  }

  /** Writes an answer without a body. */
  static void bare(
      Outgoing out,
      ResponseWriter writer,
      int status,
      byte[] fields,
      ResponseWriter.Connection connection) {
    out.put(Bytes.of("HTTP/1.1 " + status + " " + title(status) + "\r\n"))
        .put(writer.date())
        .put(fields);
    if (status != 204) {
      out.put(Bytes.of("content-length: 0\r\n"));
    }
    ResponseWriter.connection(out, connection);
    out.put(Bytes.CRLF);
  }

  static String title(int status) {
    return switch (status) {
      case 204 -> "No Content";
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 303 -> "See Other";
      case 307 -> "Temporary Redirect";
      case 308 -> "Permanent Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 417 -> "Expectation Failed";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      default -> "Error";
    };
  }

  private static String json(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        out.append(c < ' ' || c > '~' ? "\\u%04x".formatted((int) c) : c);
      }
    }
    return out.toString();
  }
}
