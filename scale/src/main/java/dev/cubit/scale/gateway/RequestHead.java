package dev.cubit.scale.gateway;

/**
 * The head of a request, RFC 9112, section 3. Reused for each request of an event loop. Hot path.
 *
 * <pre>
 *   GET /products/tea?q=1 HTTP/1.1        origin form: path and query
 *   GET http://shop.example/cart HTTP/1.1 absolute form: authority, path and query
 *   OPTIONS * HTTP/1.1                    asterisk form: an empty path
 * </pre>
 */
final class RequestHead extends Head {
  private static final int LONGEST_METHOD = 24;
  private static final byte[] VERSION = Bytes.of("HTTP/1.");
  private static final byte[] CONTINUE = Bytes.of("100-continue");
  private static final byte[] WEBSOCKET = Bytes.of("websocket");
  private static final byte[] HTTP = Bytes.of("http://");
  private static final byte[] HTTPS = Bytes.of("https://");

  private final int maxBytes;

  Method method = Method.OTHER;
  int methodFrom;
  int methodTo;
  int targetFrom;
  int targetTo;
  int pathFrom;
  int pathTo;

  /** From the question mark on. */
  int queryFrom;

  /** Host and port, from the target where it has one, else from the Host field; may be empty. */
  int hostFrom;

  int hostTo;

  /** Whether the Host field says what {@link #hostFrom} does. */
  boolean hostIsField;

  /** Whether the path is in its normal form as it is; see {@link RequestPath}. */
  boolean isPlain;

  boolean isAsterisk;
  boolean expectsContinue;
  boolean wantsWebSocket;
  boolean keepAlive;

  /** With the limits of what clients may send. */
  RequestHead(int maxBytes, int maxFields) {
    super(maxFields);
    this.maxBytes = maxBytes;
  }

  @Override
  int maxBytes() {
    return maxBytes;
  }

  @Override
  int parse(byte[] b, int from, int to) throws BadMessage {
    begin(b);
    int limit = Math.min(to, from + maxBytes);
    int line = requestLine(from, limit);
    int end = line == INCOMPLETE ? INCOMPLETE : scanFields(line, limit);
    if (end == INCOMPLETE) {
      if (to - from >= maxBytes) {
        throw line == INCOMPLETE
            ? new BadMessage(414, "the request line is longer than " + maxBytes + " bytes")
            : new BadMessage(431, "the head is longer than " + maxBytes + " bytes");
      }
      return INCOMPLETE;
    }
    understand();
    return end;
  }

  private int requestLine(int from, int to) throws BadMessage {
    byte[] b = bytes;
    int at = from;
    // one empty line may be left over from the request before, RFC 9112, section 2.2
    if (at < to && b[at] == '\r') {
      at = lineEnd(b, at, to);
      if (at == INCOMPLETE) {
        return INCOMPLETE;
      }
    }
    methodFrom = at;
    while (at < to
        && ((b[at] >= 'A' && b[at] <= 'Z') || b[at] == '-')
        && at - methodFrom <= LONGEST_METHOD) {
      at++;
    }
    if (at == to) {
      return INCOMPLETE;
    }
    if (b[at] != ' ' || at == methodFrom) {
      throw BadMessage.syntax("the request does not begin with a method in capital letters");
    }
    methodTo = at++;
    at = target(at, to);
    if (at == to) {
      return INCOMPLETE;
    }
    if (b[at] != ' ' || at == targetFrom) {
      throw BadMessage.syntax("the target has the byte 0x%02x".formatted(b[at]));
    }
    targetTo = at;
    return version(at + 1, to);
  }

  /** Gives the first position that is none of the target. */
  private int target(int from, int to) {
    byte[] b = bytes;
    targetFrom = from;
    queryFrom = -1;
    boolean plain = true;
    int at = from;
    for (; at < to && Bytes.isTarget(b[at]); at++) {
      byte c = b[at];
      if (queryFrom < 0) {
        if (c == '?') {
          queryFrom = at;
        } else if (c == '%' || ((c == '.' || c == '/') && at > from && b[at - 1] == '/')) {
          plain = false;
        }
      }
    }
    isPlain = plain;
    return at;
  }

  private int version(int from, int to) throws BadMessage {
    byte[] b = bytes;
    for (int i = 0; i < VERSION.length; i++) {
      if (from + i == to) {
        return INCOMPLETE;
      }
      if (b[from + i] != VERSION[i]) {
        throw i == 5 && Bytes.isDigit(b[from + i])
            ? new BadMessage(505, "the version of HTTP is not 1.1 or 1.0")
            : BadMessage.syntax("the request line does not end with a version of HTTP");
      }
    }
    int at = from + VERSION.length;
    if (at == to) {
      return INCOMPLETE;
    }
    if (b[at] != '1' && b[at] != '0') {
      throw new BadMessage(505, "the version of HTTP is not 1.1 or 1.0");
    }
    http10 = b[at] == '0';
    return at + 1 == to ? INCOMPLETE : lineEnd(b, at + 1, to);
  }

  private void understand() throws BadMessage {
    method = Method.of(bytes, methodFrom, methodTo);
    if (method == Method.CONNECT || method == Method.TRACE) {
      throw new BadMessage(405, "the method " + method + " is not for this gateway");
    }
    splitTarget();
    expectsContinue = false;
    wantsWebSocket = false;
    boolean websocket = false;
    int host = -1;
    for (int i = 0; i < count; i++) {
      if (ids[i] == FieldName.OTHER) {
        continue;
      }
      refuseUnderscore(i);
      switch (ids[i]) {
        case FieldName.HOST -> {
          if (host >= 0) {
            throw BadMessage.syntax("there are two Host fields");
          }
          host = i;
        }
        case FieldName.EXPECT -> {
          if (!Bytes.is(bytes, valueFrom[i], valueTo[i], CONTINUE)) {
            throw new BadMessage(417, "what is expected is other than 100-continue");
          }
          expectsContinue = !http10;
        }
        case FieldName.UPGRADE -> websocket = Bytes.is(bytes, valueFrom[i], valueTo[i], WEBSOCKET);
        default -> common(i);
      }
    }
    host(host);
    refuseTwoLengths();
    keepAlive = http10 ? saysKeepAlive && !saysClose : !saysClose;
    // no other protocol is let through: what follows would pass by every rule of the gateway
    wantsWebSocket =
        websocket
            && saysUpgrade
            && !http10
            && method == Method.GET
            && !chunked
            && contentLength <= 0;
  }

  /** Makes a GET of a HEAD. */
  void askWithBody() {
    if (method == Method.HEAD) {
      method = Method.GET;
      methodFrom++;
      bytes[methodFrom] = 'G';
      bytes[methodFrom + 1] = 'E';
      bytes[methodFrom + 2] = 'T';
    }
  }

  private void splitTarget() throws BadMessage {
    pathFrom = targetFrom;
    hostFrom = 0;
    hostTo = 0;
    isAsterisk = false;
    if (bytes[targetFrom] != '/') {
      int scheme = startsWith(HTTP) ? HTTP.length : startsWith(HTTPS) ? HTTPS.length : 0;
      if (scheme > 0) {
        authority(targetFrom + scheme);
      } else if (targetTo - targetFrom == 1
          && bytes[targetFrom] == '*'
          && method == Method.OPTIONS) {
        isAsterisk = true;
        pathFrom = targetTo;
      } else {
        throw BadMessage.syntax("the target is no path");
      }
    }
    pathTo = queryFrom < 0 ? targetTo : queryFrom;
    queryFrom = pathTo;
  }

  private boolean startsWith(byte[] scheme) {
    return targetTo - targetFrom > scheme.length
        && Bytes.is(bytes, targetFrom, targetFrom + scheme.length, scheme);
  }

  private void authority(int from) throws BadMessage {
    int end = queryFrom < 0 ? targetTo : queryFrom;
    int at = from;
    while (at < end && bytes[at] != '/') {
      at++;
    }
    hostFrom = from;
    hostTo = at;
    pathFrom = at; // empty where the target is only a host: RequestPath makes a slash of it
    isPlain = false;
    if (at == from) {
      throw BadMessage.syntax("the target has no host");
    }
    checkHost();
  }

  private void host(int field) throws BadMessage {
    hostIsField = hostTo == 0 && field >= 0;
    if (field < 0) {
      if (!http10) {
        throw BadMessage.syntax("there is no Host field");
      }
      return;
    }
    int from = hostFrom;
    int to = hostTo;
    hostFrom = valueFrom[field];
    hostTo = valueTo[field];
    if (hostFrom == hostTo) {
      throw BadMessage.syntax("the Host field is empty");
    }
    checkHost();
    if (!hostIsField) { // the target's goes before it, RFC 9112, section 3.2.2
      hostFrom = from;
      hostTo = to;
    }
  }

  private void checkHost() throws BadMessage {
    for (int at = hostFrom; at < hostTo; at++) {
      if (!Bytes.isHost(bytes[at])) {
        throw BadMessage.syntax("the host has the byte 0x%02x".formatted(bytes[at]));
      }
    }
  }
}
