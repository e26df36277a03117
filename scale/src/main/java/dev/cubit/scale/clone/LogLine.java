package dev.cubit.scale.clone;

import java.time.Instant;

/**
 * A line that a clone has written.
 *
 * @param name of the clone, as {@code qr.1}
 * @param text without its end; what is beyond 16 KiB of a line is dropped
 */
public record LogLine(String service, String name, Instant at, Source source, String text) {

  /** Where it was written to. */
  public enum Source {
    OUT,
    ERR
  }
}
