package dev.cubit.scale.partition;

/** What was found where a request has its key. */
public sealed interface FoundKey {

  /**
   * A key.
   *
   * @param text folded, as partition maps compare it; never empty
   */
  record Key(String text) implements FoundKey {}

  /** Nothing, or an empty text. All partitions may be asked. */
  enum None implements FoundKey {
    NONE
  }

  /**
   * Something that must not be taken for a key.
   *
   * @param status of the answer: 400, or 401 for a token
   * @param sentence for the client
   */
  record Refused(int status, String sentence) implements FoundKey {}
}
