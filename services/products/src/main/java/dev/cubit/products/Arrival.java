package dev.cubit.products;

import java.util.Locale;

/**
 * Keys on their way from another database, as the one they go to remembers them.
 *
 * @param source the other's identity
 * @param range as a word
 * @param position the number of the other's last change that need not be looked at again
 */
record Arrival(String source, String range, long position, State state) {
  /**
   * How far they are.
   *
   * <pre>
   *   (none) --> COPYING --all copied--> FOLLOWING --last round--> FINAL --removed at the source--> (none)
   *                                          ^------moved on---------+
   * </pre>
   */
  enum State {
    COPYING,
    FOLLOWING,
    FINAL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  Arrival at(long newPosition, State newState) {
    return new Arrival(source, range, newPosition, newState);
  }
}
