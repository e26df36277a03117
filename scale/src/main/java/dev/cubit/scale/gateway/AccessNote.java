package dev.cubit.scale.gateway;

import java.time.Instant;

/** What is kept of a request, only where somebody wants to be told of it. */
record AccessNote(Instant at, String method, String target) {
  /** Of a head that is still there to be read. */
  static AccessNote of(RequestHead head) {
    return new AccessNote(
        Instant.now(),
        Bytes.text(head.bytes, head.methodFrom, head.methodTo),
        Bytes.text(head.bytes, head.targetFrom, head.targetTo));
  }

  /** Of what was no request. */
  static AccessNote unread() {
    return new AccessNote(Instant.now(), "", "");
  }

  /** With how it went; what these are, {@link Access} says. */
  Access access(
      String client,
      String service,
      String endpoint,
      int attempts,
      int status,
      long bytesIn,
      long bytesOut,
      long nanos) {
    return new Access(
        at, client, method, target, service, endpoint, attempts, status, bytesIn, bytesOut, nanos);
  }
}
