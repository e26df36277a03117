package dev.cubit.zoo;

/** An HTTP server on loopback that answers every GET with 200 and what its work says. */
@FunctionalInterface
interface Stack {
  /** Listens on the port, 0 for a free one, and returns the port that it is. */
  int serve(int port, Work work) throws Exception;
}
