package dev.cubit.scale;

import java.time.Instant;
import java.util.List;

/**
 * Something that has happened in the system, in words.
 *
 * @param service that it is about; empty: the whole system
 * @param sentence without a dot at its end
 * @param output last lines of a process that has failed; empty where none has
 * @param bad whether somebody should look at it
 */
public record Notice(
    Instant at, String service, String sentence, List<String> output, boolean bad) {
  public Notice {
    output = List.copyOf(output);
  }

  static Notice of(String service, String sentence) {
    return new Notice(Instant.now(), service, sentence, List.of(), false);
  }

  static Notice bad(String service, String sentence) {
    return bad(service, sentence, List.of());
  }

  static Notice bad(String service, String sentence, List<String> output) {
    return new Notice(Instant.now(), service, sentence, output, true);
  }
}
