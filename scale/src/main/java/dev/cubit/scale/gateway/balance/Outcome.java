package dev.cubit.scale.gateway.balance;

/** How asking a candidate ended. */
public enum Outcome {
  /** With a whole answer, of whatever status. */
  ANSWERED,
  /** No connection to it could be made; it has seen nothing of the request. */
  UNREACHABLE,
  /** The connection ended before the answer did. */
  RESET,
  /** No answer in time. */
  TIMED_OUT,
  /** The answer was no HTTP. */
  MALFORMED,
  /** Not its fault: the client went away, or did not finish its request. */
  CANCELLED
}
