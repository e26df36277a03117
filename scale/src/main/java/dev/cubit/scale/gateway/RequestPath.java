package dev.cubit.scale.gateway;

import java.util.Arrays;

/**
 * A request's path in its normal form (RFC 3986, section 6.2.2). Routes are matched against it, and
 * it is what the service gets: so both always see the same path.
 *
 * <ul>
 *   <li>Percent-encoded letters, digits, {@code - . _ ~} are decoded; other escapes stay, with
 *       their digits in capitals.
 *   <li>Segments {@code .} and {@code ..} are taken out, also percent-encoded ones. A path that
 *       climbs above the root is refused.
 *   <li>What only some servers take for such a segment is refused: {@code ..;x}, and {@code ..}
 *       beside an encoded slash or backslash. So is an encoded NUL.
 *   <li>Slashes at the begin become one. Further in, empty segments stay, as they may mean
 *       something to the service; routes are matched as if they were not there.
 * </ul>
 *
 * <p>A path that is normal already, as nearly all are, is a span of the head: nothing is copied.
 */
final class RequestPath {
  private static final byte[] HEX = Bytes.of("0123456789ABCDEF");

  byte[] bytes = new byte[0];
  int from;
  int to;

  private byte[] own = new byte[0];

  /** Sets it to the path of a request. */
  void of(RequestHead head) throws BadMessage {
    if (head.isPlain) {
      bytes = head.bytes;
      from = head.pathFrom;
      to = head.pathTo;
      return;
    }
    int length = head.pathTo - head.pathFrom;
    if (own.length < length + 2) {
      own = new byte[length + 2];
    }
    bytes = own;
    from = 0;
    if (length == 0) {
      own[0] = '/';
      to = head.isAsterisk ? 0 : 1;
      return;
    }
    int decoded = decode(head.bytes, head.pathFrom, head.pathTo);
    to = withoutDots(decoded);
  }

  private int decode(byte[] b, int start, int end) throws BadMessage {
    int n = 0;
    for (int at = start; at < end; at++) {
      if (b[at] != '%') {
        own[n++] = b[at];
        continue;
      }
      int high = at + 2 < end ? Bytes.hex(b[at + 1]) : -1;
      int low = at + 2 < end ? Bytes.hex(b[at + 2]) : -1;
      if (high < 0 || low < 0) {
        throw BadMessage.syntax("a percent sign in the path is not followed by two digits");
      }
      byte value = (byte) (high << 4 | low);
      if (value == 0) {
        throw BadMessage.syntax("the path has an encoded NUL");
      }
      if (Bytes.isUnreserved(value)) {
        own[n++] = value;
      } else {
        own[n++] = '%';
        own[n++] = HEX[high];
        own[n++] = HEX[low];
      }
      at += 2;
    }
    return n;
  }

  /** Takes dot segments out, in place; gives the new length. */
  private int withoutDots(int length) throws BadMessage {
    int read = 0;
    int write = 0;
    while (read < length) { // at a slash
      int end = read + 1;
      while (end < length && own[end] != '/') {
        end++;
      }
      int dots = dots(read + 1, end);
      boolean isEmptyFirst = write == 0 && end == read + 1 && end < length;
      if (dots == 0 && !isEmptyFirst) {
        System.arraycopy(own, read, own, write, end - read);
        write += end - read;
      } else if (dots > 0) {
        if (dots == 2) {
          if (write == 0) {
            throw BadMessage.syntax("the path climbs above the root");
          }
          do {
            write--;
          } while (own[write] != '/');
        }
        if (end == length) {
          own[write++] = '/';
        }
      }
      read = end;
    }
    return write;
  }

  /** 1 or 2 for a segment of so many dots, else 0. */
  private int dots(int start, int end) throws BadMessage {
    int n = leadingDots(start, end);
    if (n == end - start) {
      return n;
    }
    // parts between encoded slashes, and what is before a semicolon, are segments to some servers
    for (int at = start; at < end; at++) {
      boolean first = at == start;
      boolean after = at >= start + 3 && isEncodedSlash(at - 3);
      if (first || after) {
        int dots = leadingDots(at, end);
        int next = at + dots;
        boolean ends = next == end || own[next] == ';' || isEncodedSlash(next);
        if (dots > 0 && ends) {
          throw BadMessage.syntax("the path has dots that servers read in different ways");
        }
      }
    }
    return 0;
  }

  /** How many dots a part begins with; 0 for more than two. */
  private int leadingDots(int start, int end) {
    int n = 0;
    while (start + n < end && own[start + n] == '.') {
      n++;
    }
    return n > 2 ? 0 : n;
  }

  private boolean isEncodedSlash(int at) {
    return own[at] == '%'
        && ((own[at + 1] == '2' && own[at + 2] == 'F')
            || (own[at + 1] == '5' && own[at + 2] == 'C'));
  }

  @Override
  public String toString() {
    return Bytes.text(Arrays.copyOf(bytes, to), from, to);
  }
}
