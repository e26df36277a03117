package dev.cubit.scale.gateway;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Puts together the head that a client gets. Lines that stay are copied in runs. Hot path. */
final class ResponseWriter {
  private static final byte[] VERSION = Bytes.of("HTTP/1.1 ");
  private static final byte[] CONTENT_LENGTH = Bytes.of("content-length: ");
  private static final byte[] CHUNKED = Bytes.of("transfer-encoding: chunked\r\n");
  private static final byte[] CLOSE = Bytes.of("connection: close\r\n");
  private static final byte[] KEEP_ALIVE = Bytes.of("connection: keep-alive\r\n");
  private static final byte[] VIA = Bytes.of("via: 1.1 cubit\r\n");
  private static final byte[] WEBSOCKET = Bytes.of("connection: upgrade\r\nupgrade: websocket\r\n");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("'date: 'EEE, dd MMM yyyy HH:mm:ss 'GMT'\r\n", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** What is said of the connection. */
  enum Connection {
    /** Nothing: it goes on, as always in HTTP/1.1. */
    GOES_ON,
    /** It goes on, which an HTTP/1.0 client has to be told. */
    KEPT,
    CLOSES,
    UPGRADES;

    /** Of an answer that is no upgrade. */
    static Connection of(boolean closes, boolean http10) {
      return closes ? CLOSES : http10 ? KEPT : GOES_ON;
    }
  }

  private byte[] date = {};
  private long second;

  /**
   * Writes a head.
   *
   * @param framed whether length and chunks are as the service said
   */
  void write(Outgoing out, ResponseHead head, boolean framed, Connection connection) {
    out.put(VERSION).put(head.bytes, head.statusFrom, head.reasonTo);
    if (head.reasonTo - head.statusFrom == 3) {
      out.put(' '); // RFC 9112, section 4: the space is always there
    }
    out.put(Bytes.CRLF);
    fields(out, head);
    if (framed && head.chunked) {
      out.put(CHUNKED);
    } else if (framed && head.contentLength >= 0) {
      out.put(CONTENT_LENGTH).put(head.contentLength).put(Bytes.CRLF);
    }
    if (!head.hasDate && !head.isInterim()) {
      out.put(date()); // RFC 9110, section 6.6.1
    }
    out.put(VIA);
    connection(out, connection);
    out.put(Bytes.CRLF);
  }

  private static void fields(Outgoing out, ResponseHead head) {
    int run = head.count == 0 ? 0 : head.nameFrom[0];
    int end = run;
    for (int i = 0; i < head.count; i++) {
      end = head.lineTo[i];
      switch (head.ids[i]) {
        case FieldName.CONNECTION,
            FieldName.CONTENT_LENGTH,
            FieldName.TRANSFER_ENCODING,
            FieldName.UPGRADE,
            FieldName.KEEP_ALIVE,
            FieldName.TE,
            FieldName.HOP,
            FieldName.NAMED_BY_CONNECTION -> {
          out.put(head.bytes, run, head.nameFrom[i]);
          run = end;
        }
        default -> {}
      }
    }
    out.put(head.bytes, run, end);
  }

  static void connection(Outgoing out, Connection connection) {
    switch (connection) {
      case GOES_ON -> {}
      case KEPT -> out.put(KEEP_ALIVE);
      case CLOSES -> out.put(CLOSE);
      case UPGRADES -> out.put(WEBSOCKET);
    }
  }

  /** The Date field, made anew once a second. */
  byte[] date() {
    long now = System.currentTimeMillis() / 1000;
    if (now != second) {
      second = now;
      date = Bytes.of(DATE.format(Instant.ofEpochSecond(now)));
    }
    return date;
  }
}
