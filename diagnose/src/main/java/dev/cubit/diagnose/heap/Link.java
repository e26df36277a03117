package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.recording.Party;

/**
 * One step of the way from an object to what keeps it alive.
 *
 * @param type that holds, as in source code
 * @param field by which; empty for an array
 * @param isStatic whether that is the class itself: such a chain ends here
 * @param times in a row, as in a linked list
 */
public record Link(String type, String field, boolean isStatic, Party party, int times) {
  /** {@code Type.field}, {@code Type[]}. */
  public String text() {
    return field.isEmpty() ? type : type + "." + field;
  }
}
