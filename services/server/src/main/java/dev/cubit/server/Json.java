package dev.cubit.server;

import java.util.HexFormat;

/** Strings as JSON writes them (RFC 8259, 7). */
public final class Json {
  private Json() {}

  /** Appends the text in quotes. */
  public static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
        // Half a pair has no UTF-8 form; written like this, any reader takes it.
        json.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
