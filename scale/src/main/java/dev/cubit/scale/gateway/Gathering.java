package dev.cubit.scale.gateway;

/**
 * How much one event loop keeps of answers that are to be merged: so many clients may ask for long
 * lists at once that a bound for each of them is none for the gateway. Owned by the loop.
 */
final class Gathering {
  private static final long MOST_BYTES = 32L << 20;

  private long bytes;

  /** False where there is no room for so many more. */
  boolean take(int more) {
    boolean fits = bytes + more <= MOST_BYTES;
    bytes += fits ? more : 0;
    return fits;
  }

  void giveBack(long kept) {
    bytes -= kept;
  }
}
