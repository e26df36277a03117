package dev.cubit.scale.gateway;

import java.util.Arrays;

/**
 * Names of fields that mean something to a gateway. All else is copied unseen.
 *
 * <p>A name with an underscore for a hyphen is found as well: servers that hand fields on as
 * variables (CGI, WSGI) take {@code X_Forwarded_For} for the real one, so it must not slip through.
 */
final class FieldName {
  static final byte OTHER = 0;
  static final byte CONNECTION = 1;
  static final byte CONTENT_LENGTH = 2;
  static final byte TRANSFER_ENCODING = 3;
  static final byte HOST = 4;
  static final byte EXPECT = 5;
  static final byte UPGRADE = 6;
  static final byte KEEP_ALIVE = 7;
  static final byte TE = 8;
  static final byte X_FORWARDED_FOR = 9;
  static final byte X_FORWARDED_PROTO = 10;
  static final byte X_FORWARDED_HOST = 11;
  static final byte FORWARDED = 12;
  static final byte X_REQUEST_ID = 13;
  static final byte TRACEPARENT = 14;
  static final byte TRACESTATE = 15;
  static final byte DATE = 16;

  /** Meant for one hop and none of the above: never passed on. */
  static final byte HOP = 17;

  /** Named by the message's Connection field. */
  static final byte NAMED_BY_CONNECTION = 18;

  /** Two names of one length are told apart by their letters, so the tables are by length. */
  private static final byte[][][] NAMES = new byte[20][][];

  private static final byte[][] IDS = new byte[20][];

  static {
    add("connection", CONNECTION);
    add("content-length", CONTENT_LENGTH);
    add("transfer-encoding", TRANSFER_ENCODING);
    add("host", HOST);
    add("expect", EXPECT);
    add("upgrade", UPGRADE);
    add("keep-alive", KEEP_ALIVE);
    add("te", TE);
    add("x-forwarded-for", X_FORWARDED_FOR);
    add("x-forwarded-proto", X_FORWARDED_PROTO);
    add("x-forwarded-host", X_FORWARDED_HOST);
    add("forwarded", FORWARDED);
    add("x-request-id", X_REQUEST_ID);
    add("traceparent", TRACEPARENT);
    add("tracestate", TRACESTATE);
    add("date", DATE);
    add("proxy-connection", HOP);
    add("proxy-authenticate", HOP);
    add("proxy-authorization", HOP);
    add("http2-settings", HOP);
  }

  private FieldName() {}

  private static void add(String name, byte id) {
    int n = name.length();
    byte[][] names = NAMES[n] == null ? new byte[0][] : NAMES[n];
    byte[] ids = IDS[n] == null ? new byte[0] : IDS[n];
    NAMES[n] = Arrays.copyOf(names, names.length + 1);
    NAMES[n][names.length] = Bytes.of(name);
    IDS[n] = Arrays.copyOf(ids, ids.length + 1);
    IDS[n][ids.length] = id;
  }

  /** Which one a span is. */
  static byte of(byte[] b, int from, int to) {
    int n = to - from;
    byte[][] names = n < NAMES.length ? NAMES[n] : null;
    if (names == null) {
      return OTHER;
    }
    for (int k = 0; k < names.length; k++) {
      byte[] name = names[k];
      int i = 0;
      while (i < n && Bytes.FOLDED[b[from + i] & 0xff] == name[i]) {
        i++;
      }
      if (i == n) {
        return IDS[n][k];
      }
    }
    return OTHER;
  }

  /** Whether a trailer may not have it: what frames, routes or authenticates (RFC 9110, 6.5.1). */
  static boolean isForbiddenInTrailers(byte id) {
    return id != OTHER && id != DATE;
  }
}
