package dev.cubit.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads HTTP/1.x responses from bytes as they come, RFC 9112. Hot path: it allocates nothing for a
 * response whose head arrives in one piece.
 *
 * <pre>
 *            head complete          all of it           (204, 304, HEAD, length 0)
 *   HEAD ──────────┬──────────────────────────────────────────────► DONE
 *    ▲ 1xx         ├── Content-Length ──► LENGTH ──────────────────► DONE
 *    └─────────────┤                        all bytes
 *                  ├── chunked ──► CHUNK_SIZE ◄──► CHUNK_DATA
 *                  │                   │ size 0       then CHUNK_END
 *                  │                   └──► TRAILER ── empty line ─► DONE
 *                  └── neither ──► UNTIL_CLOSE ── closed ──────────► DONE
 * </pre>
 *
 * <p>The wire feeds it arrays while {@link #wanted} is above 0, and skips body bytes itself while
 * {@link #skippable} is.
 *
 * <p>Servers answer the same head again and again but for the second in its Date. So the last head
 * is kept, and one that is byte for byte the same is not parsed again: {@link Arrays#mismatch} is
 * vectorised, a tenth of the cost.
 */
final class ResponseParser {
  static final int MAX_HEAD = 256 * 1024;
  private static final int MAX_CHUNK_LINE = 4096;
  private static final int MAX_REMEMBERED = 1024;

  private enum State {
    HEAD,
    LENGTH,
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILER,
    UNTIL_CLOSE,
    DONE
  }

  private State state = State.HEAD;
  private boolean headRequest;

  // of the response that is read
  private int status;
  private boolean closes;
  private long bodyBytes;
  private long remaining;
  private byte[] head = new byte[0];
  private int headLength;

  // of the head that is parsed
  private long contentLength;
  private boolean chunked;
  private boolean otherCoding;

  // of a chunk's size line or a trailer line
  private int lineLength;
  private int digits;
  private boolean sizeEnded;
  private int trailerBytes;

  // a head that came in pieces
  private byte[] pending = new byte[0];
  private int pendingLength;

  // the last final head
  private final byte[] last = new byte[MAX_REMEMBERED];
  private int lastLength;
  private boolean lastHeadRequest;
  private int lastStatus;
  private boolean lastCloses;
  private State lastState = State.HEAD;
  private long lastRemaining;

  /** Begins a response to a request; {@code headRequest}: its method was HEAD. */
  void begin(boolean headRequest) {
    this.headRequest = headRequest;
    state = State.HEAD;
    status = 0;
    closes = false;
    bodyBytes = 0;
    remaining = 0;
    pendingLength = 0;
    headLength = 0;
  }

  boolean done() {
    return state == State.DONE;
  }

  /** True once a byte of the response has come. */
  boolean begun() {
    return state != State.HEAD || pendingLength > 0;
  }

  /** True where the end of the connection is the end of the response. */
  boolean endsWithConnection() {
    return state == State.UNTIL_CLOSE;
  }

  int status() {
    return status;
  }

  /** True where the connection may not be used for another request. */
  boolean closes() {
    return closes;
  }

  long bodyBytes() {
    return bodyBytes;
  }

  /** How far it has come, for an error's example. */
  String position() {
    return switch (state) {
      case HEAD -> "in the head, after " + pendingLength + " bytes";
      case LENGTH -> "in the body, " + bodyBytes + " bytes read, " + remaining + " still to come";
      case CHUNK_SIZE, CHUNK_DATA, CHUNK_END, TRAILER ->
          "in a chunked body, after " + bodyBytes + " bytes";
      case UNTIL_CLOSE, DONE -> "at its end";
    };
  }

  /**
   * How many body bytes may be passed over unseen; 0 where {@link #feed} has to see the next ones.
   */
  long skippable() {
    return switch (state) {
      case LENGTH, CHUNK_DATA -> remaining;
      case UNTIL_CLOSE -> Long.MAX_VALUE;
      default -> 0;
    };
  }

  /** Tells that body bytes were passed over. */
  void skipped(long bytes) {
    bodyBytes += bytes;
    if (state == State.UNTIL_CLOSE) {
      return;
    }
    remaining -= bytes;
    if (remaining == 0) {
      state = state == State.LENGTH ? State.DONE : State.CHUNK_END;
    }
  }

  /**
   * How many bytes {@link #feed} can use at most now: little between chunks, so little is copied.
   */
  int wanted() {
    return state == State.HEAD ? Integer.MAX_VALUE : 128;
  }

  /**
   * Reads bytes, up to the end of a head, of a chunk's size line or of the response.
   *
   * @return how many were used
   * @throws ProtocolException with a sentence, where they break HTTP
   */
  int feed(byte[] bytes, int length) throws ProtocolException {
    return state == State.HEAD ? feedHead(bytes, length) : feedChunkLines(bytes, length);
  }

  private int feedHead(byte[] bytes, int length) throws ProtocolException {
    if (pendingLength == 0) {
      if (isLastAgain(bytes, length)) {
        return lastLength;
      }
      int end = endOfHead(bytes, 0, length);
      if (end >= 0) {
        parseHead(bytes, end);
        return end;
      }
      checkStart(bytes, length);
      keep(bytes, length);
      return length;
    }
    int before = pendingLength;
    keep(bytes, length);
    int end = endOfHead(pending, Math.max(0, before - 2), pendingLength);
    if (end < 0) {
      if (before < 5) {
        checkStart(pending, pendingLength);
      }
      return length;
    }
    pendingLength = 0;
    parseHead(pending, end);
    return end - before;
  }

  private boolean isLastAgain(byte[] bytes, int length) {
    if (lastLength == 0
        || length < lastLength
        || headRequest != lastHeadRequest
        || Arrays.mismatch(last, 0, lastLength, bytes, 0, lastLength) >= 0) {
      return false;
    }
    status = lastStatus;
    closes = lastCloses;
    state = lastState;
    remaining = lastRemaining;
    head = last;
    headLength = lastLength;
    startLine();
    return true;
  }

  private void keep(byte[] bytes, int length) throws ProtocolException {
    if (pendingLength + length > MAX_HEAD + 8192) {
      throw new ProtocolException("the head of the response is longer than 256 KiB");
    }
    if (pending.length < pendingLength + length) {
      pending = Arrays.copyOf(pending, Math.max(1024, 2 * (pendingLength + length)));
    }
    System.arraycopy(bytes, 0, pending, pendingLength, length);
    pendingLength += length;
  }

  /** The position after the empty line that ends a head, or -1. A bare LF ends a line as well. */
  private static int endOfHead(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == '\n') {
        if (i + 1 < to && b[i + 1] == '\n') {
          return i + 2;
        }
        if (i + 2 < to && b[i + 1] == '\r' && b[i + 2] == '\n') {
          return i + 3;
        }
      }
    }
    return -1;
  }

  /** What does not begin as a response is refused at once, not after 256 KiB of it. */
  private static void checkStart(byte[] b, int length) throws ProtocolException {
    byte[] start = {'H', 'T', 'T', 'P', '/'};
    int n = Math.min(start.length, length);
    if (!Arrays.equals(b, 0, n, start, 0, n)) {
      throw notAStatusLine(b, length);
    }
  }

  private static ProtocolException notAStatusLine(byte[] b, int length) {
    int end = 0;
    while (end < length && b[end] != '\n' && end < 60) {
      end++;
    }
    return new ProtocolException(
        "the response begins with '"
            + printable(b, 0, end)
            + "', which is no HTTP/1.1 status line");
  }

  private void parseHead(byte[] b, int end) throws ProtocolException {
    if (end > MAX_HEAD) {
      throw new ProtocolException("the head of the response is longer than 256 KiB");
    }
    contentLength = -1;
    chunked = false;
    otherCoding = false;
    int line = statusLine(b, end);
    boolean framing = false;
    while (true) {
      int eol = line;
      while (b[eol] != '\n') {
        eol++;
      }
      int lineEnd = eol > line && b[eol - 1] == '\r' ? eol - 1 : eol;
      if (lineEnd == line) {
        break;
      }
      byte first = b[line];
      if (first == ' ' || first == '\t') {
        if (framing) {
          throw new ProtocolException("a header that frames the body is folded over two lines");
        }
      } else {
        framing = header(b, line, lineEnd);
      }
      line = eol + 1;
    }
    head = b;
    headLength = end;
    decide();
    if (state != State.HEAD && end <= MAX_REMEMBERED) {
      System.arraycopy(b, 0, last, 0, end);
      lastLength = end;
      lastHeadRequest = headRequest;
      lastStatus = status;
      lastCloses = closes;
      lastState = state;
      lastRemaining = remaining;
    }
    startLine();
  }

  /** Reads {@code HTTP/1.x NNN reason}; gives the position after it. */
  private int statusLine(byte[] b, int end) throws ProtocolException {
    int eol = 0;
    while (b[eol] != '\n') {
      eol++;
    }
    boolean known =
        eol >= 12
            && b[0] == 'H'
            && b[1] == 'T'
            && b[2] == 'T'
            && b[3] == 'P'
            && b[4] == '/'
            && b[5] == '1'
            && b[6] == '.'
            && (b[7] == '1' || b[7] == '0')
            && b[8] == ' '
            && isDigit(b[9])
            && isDigit(b[10])
            && isDigit(b[11])
            && (b[12] == ' ' || b[12] == '\r' || b[12] == '\n');
    if (!known) {
      throw notAStatusLine(b, end);
    }
    status = (b[9] - '0') * 100 + (b[10] - '0') * 10 + (b[11] - '0');
    if (status < 100) {
      throw new ProtocolException("the response has status " + printable(b, 9, 12));
    }
    closes = b[7] == '0';
    return eol + 1;
  }

  /** Reads a header line; true where it says something of the body's length. */
  private boolean header(byte[] b, int from, int to) throws ProtocolException {
    int colon = from;
    while (colon < to && b[colon] != ':') {
      if (b[colon] <= ' ' && b[colon] >= 0) {
        throw new ProtocolException(
            "the name of a header has a space: '" + printable(b, from, to) + "'");
      }
      colon++;
    }
    if (colon == to || colon == from) {
      throw new ProtocolException("a header line has no name: '" + printable(b, from, to) + "'");
    }
    switch (b[from] | 0x20) {
      case 'c' -> {
        if (is(b, from, colon, "content-length")) {
          contentLength(b, colon + 1, to);
          return true;
        }
        if (is(b, from, colon, "connection")) {
          connection(b, colon + 1, to);
        }
      }
      case 't' -> {
        if (is(b, from, colon, "transfer-encoding")) {
          boolean endsChunked = endsWithChunked(b, colon + 1, to);
          if (chunked) {
            throw new ProtocolException("the response is chunked twice");
          }
          chunked = endsChunked;
          otherCoding |= !endsChunked;
          return true;
        }
      }
      default -> {}
    }
    return false;
  }

  private void contentLength(byte[] b, int from, int to) throws ProtocolException {
    int i = from;
    while (true) { // a list of equal values is one value, RFC 9112, section 6.3
      while (i < to && isBlank(b[i])) {
        i++;
      }
      long value = 0;
      int start = i;
      while (i < to && isDigit(b[i]) && i - start < 19) {
        value = value * 10 + (b[i] - '0');
        i++;
      }
      boolean overflow = value < 0 || (i < to && isDigit(b[i]));
      while (i < to && isBlank(b[i])) {
        i++;
      }
      boolean more = i < to && b[i] == ',';
      if (start == i || overflow || (i < to && !more)) {
        throw new ProtocolException(
            "Content-Length is '" + printable(b, from, to).strip() + "', which is no length");
      }
      if (contentLength >= 0 && contentLength != value) {
        throw new ProtocolException(
            "the response has two lengths, " + contentLength + " and " + value);
      }
      contentLength = value;
      if (!more) {
        return;
      }
      i++;
    }
  }

  private void connection(byte[] b, int from, int to) {
    int i = from;
    while (i < to) {
      while (i < to && (isBlank(b[i]) || b[i] == ',')) {
        i++;
      }
      int start = i;
      while (i < to && b[i] != ',' && !isBlank(b[i])) {
        i++;
      }
      if (is(b, start, i, "close")) {
        closes = true;
        return;
      }
      if (is(b, start, i, "keep-alive")) {
        closes = false;
      }
    }
  }

  private static boolean endsWithChunked(byte[] b, int from, int to) {
    int end = to;
    while (end > from && isBlank(b[end - 1])) {
      end--;
    }
    int start = end;
    while (start > from && b[start - 1] != ',' && !isBlank(b[start - 1])) {
      start--;
    }
    return is(b, start, end, "chunked");
  }

  /** What follows the head, RFC 9112, section 6.3, in its order. */
  private void decide() throws ProtocolException {
    remaining = 0;
    if (status < 200) {
      if (status == 101) {
        throw new ProtocolException("the server switches protocols (101), which no one asked for");
      }
      state = State.HEAD;
    } else if (headRequest || status == 204 || status == 304) {
      state = State.DONE;
    } else if (chunked || otherCoding) {
      if (contentLength >= 0) {
        throw new ProtocolException("the response has both Content-Length and Transfer-Encoding");
      }
      state = chunked ? State.CHUNK_SIZE : State.UNTIL_CLOSE;
      closes |= !chunked;
    } else if (contentLength >= 0) {
      remaining = contentLength;
      state = contentLength == 0 ? State.DONE : State.LENGTH;
    } else {
      closes = true;
      state = State.UNTIL_CLOSE;
    }
  }

  /** True after {@link #feed} has read the head of a 1xx response, and another will follow. */
  boolean interim() {
    return state == State.HEAD && status >= 100 && status < 200 && pendingLength == 0;
  }

  /** Begins the response after an interim one. */
  void afterInterim() {
    status = 0;
  }

  private void startLine() {
    lineLength = 0;
    digits = 0;
    sizeEnded = false;
    trailerBytes = 0;
  }

  private int feedChunkLines(byte[] b, int length) throws ProtocolException {
    int i = 0;
    while (i < length) {
      byte c = b[i++];
      switch (state) {
        case CHUNK_SIZE -> {
          chunkSize(c);
          if (state == State.CHUNK_DATA) {
            return i;
          }
        }
        case CHUNK_END -> {
          if (c == '\n') {
            state = State.CHUNK_SIZE;
            startLine();
          } else if (c != '\r' || lineLength++ > 0) {
            throw new ProtocolException("a chunk is longer than the size that it began with");
          }
        }
        case TRAILER -> {
          if (++trailerBytes > MAX_HEAD) {
            throw new ProtocolException("the trailers of the response are longer than 256 KiB");
          }
          if (c == '\n') {
            if (lineLength == 0) {
              state = State.DONE;
              return i;
            }
            lineLength = 0;
          } else if (c != '\r') {
            lineLength++;
          }
        }
        default -> throw new IllegalStateException("fed in " + state);
      }
    }
    return i;
  }

  private void chunkSize(byte c) throws ProtocolException {
    if (c == '\n') {
      if (digits == 0) {
        throw new ProtocolException("a chunk has no size");
      }
      state = remaining == 0 ? State.TRAILER : State.CHUNK_DATA;
      lineLength = 0;
      return;
    }
    if (++lineLength > MAX_CHUNK_LINE) {
      throw new ProtocolException("the size line of a chunk is longer than 4 KiB");
    }
    if (sizeEnded) {
      return; // extensions mean nothing to us
    }
    int digit = Character.digit(c, 16);
    if (digit >= 0 && c >= 0) {
      if (digits == 0) {
        remaining = 0;
      }
      if (++digits > 15) {
        throw new ProtocolException("the size of a chunk has more than 15 digits");
      }
      remaining = remaining << 4 | digit;
    } else if (digits > 0 && (c == ';' || c == '\r' || isBlank(c))) {
      sizeEnded = true;
    } else {
      throw new ProtocolException(
          "the size of a chunk is no hexadecimal number: it has the byte 0x%02x".formatted(c));
    }
  }

  /** The value of a header of the last head read, in lower-case ASCII, or "" without it. Slow. */
  String headerValue(String name) {
    String text = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
    return text.lines()
        .skip(1)
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }

  private static boolean is(byte[] b, int from, int to, String lowerCase) {
    if (to - from != lowerCase.length()) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      int c = b[from + i];
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  private static String printable(byte[] b, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < Math.min(to, from + 60); i++) {
      text.append(b[i] >= ' ' && b[i] < 127 ? (char) b[i] : '.');
    }
    return text.toString();
  }
}
