package dev.cubit.load;

import java.util.List;
import java.util.Set;

/** What a response must be like; a response that is not counts as a mismatch, with an example. */
public sealed interface Check {
  /** The status is one of these, each 100 to 599. */
  record StatusIn(Set<Integer> statuses) implements Check {
    public StatusIn {
      statuses = Set.copyOf(statuses);
      if (statuses.isEmpty()) {
        throw new IllegalArgumentException("a check of the status needs at least one status");
      }
    }
  }

  /** A header of this name is there and its value contains the text, whatever the case. */
  record HeaderContains(String name, String text) implements Check {}

  /** The body, decoded as UTF-8, is exactly this text. */
  record BodyEquals(String text) implements Check {}

  /** The body, decoded as UTF-8, contains this text. */
  record BodyContains(String text) implements Check {}

  /** True where any of the checks has to see the body, which then is collected. */
  static boolean needBody(List<Check> checks) {
    return checks.stream().anyMatch(c -> c instanceof BodyEquals || c instanceof BodyContains);
  }
}
