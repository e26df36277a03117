package dev.cubit.scale.gateway;

/** The head of a response, RFC 9112, section 4. Reused for each response of a loop. Hot path. */
final class ResponseHead extends Head {
  static final int MAX_BYTES = 64 << 10;
  private static final int MAX_FIELDS = 256;
  private static final byte[] VERSION = Bytes.of("HTTP/1.");
  private static final byte[] WEBSOCKET = Bytes.of("websocket");

  int status;

  /** From the status to the end of the line's text. */
  int statusFrom;

  int reasonTo;
  boolean hasDate;
  boolean upgradesToWebSocket;

  /** Whether the connection can be used again, as far as the server says. */
  boolean keepAlive;

  ResponseHead() {
    super(MAX_FIELDS);
  }

  @Override
  int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  int parse(byte[] b, int from, int to) throws BadMessage {
    begin(b);
    int limit = Math.min(to, from + MAX_BYTES);
    int line = statusLine(from, limit);
    int end = line == INCOMPLETE ? INCOMPLETE : scanFields(line, limit);
    if (end == INCOMPLETE) {
      if (to - from >= MAX_BYTES) {
        throw BadMessage.syntax("the head is longer than " + MAX_BYTES + " bytes");
      }
      return INCOMPLETE;
    }
    understand();
    return end;
  }

  private int statusLine(int from, int to) throws BadMessage {
    byte[] b = bytes;
    for (int i = 0; i < VERSION.length; i++) {
      if (from + i == to) {
        return INCOMPLETE;
      }
      if (b[from + i] != VERSION[i]) {
        throw BadMessage.syntax("it begins with no version of HTTP/1");
      }
    }
    int at = from + VERSION.length; // minor version, space, three digits
    status = 0;
    for (int i = 0; i < 5; i++, at++) {
      if (at == to) {
        return INCOMPLETE;
      }
      boolean fits =
          i == 0 ? b[at] == '1' || b[at] == '0' : i == 1 ? b[at] == ' ' : Bytes.isDigit(b[at]);
      if (!fits) {
        throw BadMessage.syntax("its first line is no status line");
      }
      if (i > 1) {
        status = status * 10 + (b[at] - '0');
      }
    }
    http10 = b[from + VERSION.length] == '0';
    statusFrom = at - 3;
    if (status < 100 || status > 599) {
      throw BadMessage.syntax("its status is " + status);
    }
    if (at < to && b[at] != ' ' && b[at] != '\r') {
      throw BadMessage.syntax("its first line is no status line");
    }
    while (at < to && Bytes.isValue(b[at])) {
      at++;
    }
    reasonTo = at;
    return at == to ? INCOMPLETE : lineEnd(b, at, to);
  }

  private void understand() throws BadMessage {
    hasDate = false;
    boolean websocket = false;
    for (int i = 0; i < count; i++) {
      switch (ids[i]) {
        case FieldName.OTHER -> {}
        case FieldName.DATE -> hasDate = true;
        case FieldName.UPGRADE -> websocket = Bytes.is(bytes, valueFrom[i], valueTo[i], WEBSOCKET);
        case FieldName.CONTENT_LENGTH, FieldName.TRANSFER_ENCODING, FieldName.CONNECTION -> {
          refuseUnderscore(i);
          common(i);
        }
        default -> {}
      }
    }
    refuseTwoLengths();
    upgradesToWebSocket = websocket && saysUpgrade;
    keepAlive = http10 ? saysKeepAlive && !saysClose : !saysClose;
  }

  boolean isInterim() {
    return status < 200;
  }

  /** Whether the status leaves no room for a body (RFC 9112, section 6.3). */
  boolean isBodiless() {
    return status < 200 || status == 204 || status == 304;
  }
}
