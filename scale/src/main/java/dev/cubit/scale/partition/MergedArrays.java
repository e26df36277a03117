package dev.cubit.scale.partition;

import dev.cubit.scale.topology.KeyOrder;
import dev.cubit.scale.topology.ScaleException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * One page of a list of which each partition has a part: JSON arrays, each in key order, merged in
 * key order. Elements are copied byte by byte: no number or space changes. Keys are compared by
 * {@link KeyOrder}, not folded, as databases do.
 */
public final class MergedArrays {
  private MergedArrays() {}

  /**
   * What a partition answered.
   *
   * @param partition its name
   * @param json an array of objects or texts, in UTF-8
   * @param more whether the partition has elements behind these
   */
  @SuppressWarnings("ArrayRecordComponent") // a body, handed over once, and compared by nobody
  public record Part(String partition, byte[] json, boolean more) {}

  /** Which partition's elements are taken: while keys are moved, two have them. */
  public interface Ownership {
    /** Whether the partition owns the key, which is not folded. */
    boolean owns(String partition, String key);
  }

  /**
   * One page.
   *
   * @param json an array
   * @param elements in it
   * @param next what {@code after} is for the next page; empty: this is the last one
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Page(byte[] json, int elements, Optional<String> next) {}

  /**
   * Merges them.
   *
   * @param field of an object that has its key
   * @param after only keys behind this one; empty: from the first
   * @param limit how many elements at most, at least 1
   * @throws ScaleException where a part is no array, has no keys, or is not in their order
   */
  public static Page merge(
      List<Part> parts, String field, Ownership ownership, String after, int limit)
      throws ScaleException {
    List<ArrayCursor> cursors = new ArrayList<>();
    PriorityQueue<ArrayCursor> heads =
        new PriorityQueue<>(Comparator.comparing(ArrayCursor::key, KeyOrder.comparator()));
    try {
      for (Part part : parts) {
        ArrayCursor cursor = new ArrayCursor(part, field);
        cursors.add(cursor);
        if (cursor.next()) {
          heads.add(cursor);
        } else if (part.more()) {
          throw new ScaleException(
              "the list of partition '"
                  + part.partition()
                  + "' is empty and goes on: that is no page");
        }
      }
      return page(heads, ownership, after, limit);
    } finally {
      cursors.forEach(ArrayCursor::close);
    }
  }

  private static Page page(
      PriorityQueue<ArrayCursor> heads, Ownership ownership, String after, int limit)
      throws ScaleException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.write('[');
    int elements = 0;
    String last = after;
    boolean cut = false;
    while (!heads.isEmpty() && !cut && elements < limit) {
      ArrayCursor head = heads.remove();
      boolean wanted = after.isEmpty() || KeyOrder.compare(head.key(), after) > 0;
      if (wanted) {
        last = head.key();
      }
      if (wanted && ownership.owns(head.part().partition(), head.key())) {
        if (elements++ > 0) {
          json.write(',');
        }
        head.copyTo(json);
      }
      if (head.next()) {
        heads.add(head);
      } else {
        cut = head.part().more(); // what follows in it may come before what others have next
      }
    }
    json.write(']');
    if (cut && last.equals(after)) {
      throw new ScaleException(
          "the lists have nothing behind '" + after + "' and go on: 'after' is not heeded");
    }
    return new Page(
        json.toByteArray(),
        elements,
        cut || !heads.isEmpty() ? Optional.of(last) : Optional.empty());
  }
}
