package dev.cubit.cli;

import dev.cubit.scale.Notice;
import dev.cubit.scale.SystemStatus;
import java.time.Instant;
import java.util.List;

/**
 * What {@code cubit top} knows.
 *
 * @param notices the newest at the end
 * @param at when that was
 */
record TopFacts(SystemStatus status, List<Notice> notices, Instant at) {
  TopFacts {
    notices = List.copyOf(notices);
  }
}
