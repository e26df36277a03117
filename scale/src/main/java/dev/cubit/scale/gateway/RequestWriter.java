package dev.cubit.scale.gateway;

/**
 * Puts together the head that a service gets: the client's, without what is meant for one hop, with
 * what the gateway has to say. Lines that stay are copied as they came, in runs. Hot path.
 *
 * <p>Forwarded, X-Forwarded-For and Via are lists that each hop adds to, so the gateway's element
 * is the last one, and the only one that a service may trust. X-Forwarded-Proto and -Host are no
 * lists: many read the first value. They say what the gateway itself has seen; what a client says
 * there is not passed on.
 */
final class RequestWriter {
  private static final byte[] VERSION = Bytes.of(" HTTP/1.1\r\n");
  private static final byte[] HOST = Bytes.of("host: ");
  private static final byte[] CONTENT_LENGTH = Bytes.of("content-length: ");
  private static final byte[] CHUNKED = Bytes.of("transfer-encoding: chunked\r\n");
  private static final byte[] FORWARDED_FOR = Bytes.of("x-forwarded-for: ");
  private static final byte[] FORWARDED = Bytes.of("\r\nforwarded: ");
  private static final byte[] REQUEST_ID = Bytes.of("x-request-id: ");
  private static final byte[] TRACEPARENT = Bytes.of("traceparent: 00-");
  private static final byte[] SAMPLED = Bytes.of("-01\r\n");
  private static final byte[] WEBSOCKET = Bytes.of("connection: upgrade\r\nupgrade: websocket\r\n");
  private static final int LONGEST_REQUEST_ID = 200;

  private final Ids ids;

  RequestWriter(Ids ids) {
    this.ids = ids;
  }

  /**
   * Writes a head.
   *
   * @param prefixEnd in the path: what is before it is left out; {@code path.from} for nothing
   * @param service stands for a host where an HTTP/1.0 client names none
   */
  void write(
      Outgoing out, RequestHead head, RequestPath path, int prefixEnd, byte[] service, Peer peer) {
    byte[] host = head.hostTo > head.hostFrom ? head.bytes : service;
    int hostFrom = head.hostTo > head.hostFrom ? head.hostFrom : 0;
    int hostTo = head.hostTo > head.hostFrom ? head.hostTo : service.length;
    requestLine(out, head, path, prefixEnd);
    if (!head.hostIsField) {
      out.put(HOST).put(host, hostFrom, hostTo).put(Bytes.CRLF);
    }
    fields(out, head);
    if (head.chunked) {
      out.put(CHUNKED);
    } else if (head.contentLength >= 0) {
      out.put(CONTENT_LENGTH).put(head.contentLength).put(Bytes.CRLF);
    }
    out.put(FORWARDED_FOR);
    earlier(out, head, FieldName.X_FORWARDED_FOR);
    out.put(peer.address).put(peer.protoAndHost).put(host, hostFrom, hostTo).put(FORWARDED);
    earlier(out, head, FieldName.FORWARDED);
    out.put(peer.forwarded).put(host, hostFrom, hostTo).put(peer.via);
    if (head.wantsWebSocket) {
      out.put(WEBSOCKET);
    }
    out.put(Bytes.CRLF);
  }

  private static void requestLine(Outgoing out, RequestHead head, RequestPath path, int prefixEnd) {
    out.put(head.bytes, head.methodFrom, head.methodTo).put(' ');
    if (head.isAsterisk) {
      out.put('*');
    } else {
      int from = prefixEnd;
      while (from + 1 < path.to && path.bytes[from + 1] == '/' && from > path.from) {
        from++; // what is left must not begin with two slashes: it would be read as a host
      }
      if (from == path.to) {
        out.put('/');
      } else {
        out.put(path.bytes, from, path.to);
      }
      out.put(head.bytes, head.queryFrom, head.targetTo);
    }
    out.put(VERSION);
  }

  private void fields(Outgoing out, RequestHead head) {
    boolean hasRequestId = false;
    boolean hasTrace = hasTrace(head);
    int run = head.count == 0 ? 0 : head.nameFrom[0];
    int end = run;
    for (int i = 0; i < head.count; i++) {
      boolean stays =
          switch (head.ids[i]) {
            case FieldName.OTHER, FieldName.DATE -> true;
            case FieldName.HOST -> head.hostIsField;
            case FieldName.EXPECT -> head.expectsContinue;
            case FieldName.TRACEPARENT, FieldName.TRACESTATE -> hasTrace;
            case FieldName.X_REQUEST_ID -> {
              int length = head.valueTo[i] - head.valueFrom[i];
              boolean first = !hasRequestId && length > 0 && length <= LONGEST_REQUEST_ID;
              hasRequestId |= first;
              yield first;
            }
            default -> false;
          };
      if (!stays) {
        out.put(head.bytes, run, head.nameFrom[i]);
        run = head.lineTo[i];
      }
      end = head.lineTo[i];
    }
    out.put(head.bytes, run, end);
    if (!hasRequestId || !hasTrace) {
      name(out, hasRequestId, hasTrace);
    }
  }

  /** Request and trace get one name, so that logs and traces meet. */
  private void name(Outgoing out, boolean hasRequestId, boolean hasTrace) {
    ids.next();
    if (!hasRequestId) {
      out.put(REQUEST_ID).put(ids.trace).put(Bytes.CRLF);
    }
    if (!hasTrace) {
      out.put(TRACEPARENT).put(ids.trace).put('-').put(ids.span).put(SAMPLED);
    }
  }

  /** Whether there is one traceparent, and a right one; else the trace begins here. */
  private static boolean hasTrace(RequestHead head) {
    int found = -1;
    for (int i = 0; i < head.count; i++) {
      if (head.ids[i] == FieldName.TRACEPARENT) {
        if (found >= 0) {
          return false;
        }
        found = i;
      }
    }
    return found >= 0 && Ids.isTraceparent(head.bytes, head.valueFrom[found], head.valueTo[found]);
  }

  private static void earlier(Outgoing out, RequestHead head, byte id) {
    for (int i = 0; i < head.count; i++) {
      if (head.ids[i] == id && head.valueTo[i] > head.valueFrom[i]) {
        out.put(head.bytes, head.valueFrom[i], head.valueTo[i]).put(',').put(' ');
      }
    }
  }
}
