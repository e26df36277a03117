package dev.cubit.qr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * The query of a request, read strictly, as an HTML form writes it: {@code &} between pairs, {@code
 * +} for a space, UTF-8 bytes as {@code %XX}. Vert.x's own reading replaces what it cannot decode,
 * and a QR code with other text than was sent is worse than none.
 */
final class Query {
  private Query() {}

  /**
   * The first value of a parameter; empty if it is missing or has none.
   *
   * @param query what follows the question mark, as it was sent
   * @throws DataException if the value is not well encoded
   */
  static Optional<String> value(String query, String name) {
    for (int from = 0; from <= query.length(); ) {
      int end = query.indexOf('&', from);
      var pair = query.substring(from, end < 0 ? query.length() : end);
      int equals = pair.indexOf('=');
      if (isName(equals < 0 ? pair : pair.substring(0, equals), name)) {
        return equals < 0
            ? Optional.empty()
            : Optional.of(decode(pair.substring(equals + 1))).filter(value -> !value.isEmpty());
      }
      from = end < 0 ? query.length() + 1 : end + 1;
    }
    return Optional.empty();
  }

  private static boolean isName(String encoded, String name) {
    if (encoded.indexOf('%') < 0) {
      return encoded.equals(name);
    }
    try {
      return decode(encoded).equals(name);
    } catch (DataException otherName) {
      return false;
    }
  }

  private static String decode(String encoded) {
    var bytes = ByteBuffer.allocate(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        if (i + 2 >= encoded.length()) {
          throw new DataException("data ends in the middle of a percent-encoded byte");
        }
        bytes.put((byte) (digit(encoded.charAt(i + 1)) << 4 | digit(encoded.charAt(i + 2))));
        i += 2;
      } else if (c > 0x7f) {
        // Vert.x turns bytes above 127 into replacement characters: the text is already lost.
        throw new DataException("data has a character that must be percent-encoded");
      } else {
        bytes.put(c == '+' ? (byte) ' ' : (byte) c);
      }
    }
    try {
      return UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new DataException("data is not UTF-8 text");
    }
  }

  private static int digit(char c) {
    int digit = c < 128 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      throw new DataException("data has a percent sign without two hexadecimal digits after it");
    }
    return digit;
  }
}
