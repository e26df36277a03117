package dev.cubit.qr;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cubit.server.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * Reads queries strictly, as an HTML form writes them: {@code &} between pairs, {@code +} for a
 * space, UTF-8 bytes as {@code %XX}. Vert.x's own reading replaces what it cannot decode, and a QR
 * code with other text than was sent is worse than none.
 *
 * <p>Hot path: a query of nothing but {@code data=TEXT} costs one look at each character and
 * allocates the text. Owned by one thread, for its buffer.
 */
final class QueryReader {
  private static final int KEPT_BYTES = 64 << 10;

  private byte[] buffer = new byte[256];

  /**
   * Takes the options of a query or of a form in; what is wrong with them is kept there.
   *
   * @param query as it was sent
   * @param from where it begins
   */
  Options read(String query, int from) {
    if (query.startsWith("data=", from) && query.indexOf('&', from + 5) < 0) {
      try {
        return Options.of("data", decode("data", query, from + 5, query.length()));
      } catch (ProblemException e) {
        return damaged(e);
      }
    }
    var options = Options.empty();
    readInto(options, query, from);
    return options;
  }

  private static Options damaged(ProblemException e) {
    var options = Options.of("data", "?");
    options.fail(e);
    return options;
  }

  void readInto(Options options, String query, int from) {
    for (int start = from; start < query.length(); ) {
      int end = query.indexOf('&', start);
      end = end < 0 ? query.length() : end;
      if (end > start) {
        pair(options, query, start, end);
      }
      start = end + 1;
    }
  }

  private void pair(Options options, String query, int start, int end) {
    int equals = query.indexOf('=', start, end);
    int nameEnd = equals < 0 ? end : equals;
    var name = query.substring(start, nameEnd);
    try {
      name = decode(name, query, start, nameEnd);
      options.put(name, equals < 0 ? "" : decode(name, query, equals + 1, end));
    } catch (ProblemException e) {
      if (Option.named(name).equals(Optional.of(Option.DATA))) {
        // Data that is damaged is not data that is missing.
        options.data(name, new Payload.Text("?"));
      }
      options.fail(e);
    }
  }

  private String decode(String name, String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '%' || c == '+' || c > 0x7f) {
        return decodeEscapes(name, text, from, to);
      }
    }
    return text.substring(from, to);
  }

  private String decodeEscapes(String name, String text, int from, int to) {
    var bytes = to - from <= buffer.length ? buffer : grown(to - from);
    int count = 0;
    int bits = 0;
    for (int i = from; i < to; i++) {
      int c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= to) {
          throw refused(
              name, "ends in the middle of a percent-encoded byte; a percent sign is %25");
        }
        c = digit(name, text.charAt(i + 1)) << 4 | digit(name, text.charAt(i + 2));
        i += 2;
      } else if (c == '+') {
        c = ' ';
      } else if (c > 0x7f) {
        // Vert.x turns bytes above 127 into replacement characters: the text is already lost.
        throw refused(name, "has a character that must be percent-encoded");
      }
      bits |= c;
      bytes[count++] = (byte) c;
    }
    return bits < 0x80 ? new String(bytes, 0, count, ISO_8859_1) : decodeUtf8(name, bytes, count);
  }

  private static String decodeUtf8(String name, byte[] bytes, int count) {
    var text = new String(bytes, 0, count, UTF_8);
    if (text.indexOf('\ufffd') >= 0) {
      // Either it was sent, or it stands for what is no UTF-8.
      return strictUtf8(name, ByteBuffer.wrap(bytes, 0, count));
    }
    return text;
  }

  /** Text of bytes that must be UTF-8. */
  static String strictUtf8(String name, ByteBuffer bytes) {
    try {
      return UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException notUtf8) {
      throw refused(name, "is not UTF-8 text");
    }
  }

  private byte[] grown(int bytes) {
    var larger = new byte[bytes];
    if (bytes <= KEPT_BYTES) {
      buffer = larger;
    }
    return larger;
  }

  private static int digit(String name, char c) {
    int digit = c < 128 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      throw refused(
          name, "has a percent sign without two hexadecimal digits after it; that is written %25");
    }
    return digit;
  }

  private static ProblemException refused(String name, String what) {
    return ProblemException.parameter(
        ProblemException.shown(name), "'" + ProblemException.shown(name) + "' " + what);
  }
}
