package dev.cubit.load;

/** Why a request got no answer, or a connection none at all. */
public enum ErrorKind {
  /** No connection: refused, unreachable, a socket file that is not there, out of ports. */
  CONNECT,
  /** The name does not resolve. */
  UNRESOLVED,
  /**
   * TLS: the certificate is expired, for another host, of an unknown authority; no common protocol.
   */
  TLS,
  /** No whole answer within the plan's timeout, or no connection. */
  TIMEOUT,
  /** The connection ended before an answer began. */
  CLOSED,
  /** The connection ended in the middle of an answer. */
  TRUNCATED,
  /** An answer that breaks HTTP. */
  PROTOCOL
}
