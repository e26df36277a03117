package dev.cubit.scale.control;

import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;

/** What is answered. */
public sealed interface Answer {
  /**
   * One value.
   *
   * @param status 2xx
   * @param body a record, or whatever else Jackson writes; empty options are left out
   */
  record Json(int status, Object body) implements Answer {}

  /** A value a line, for as long as it takes (NDJSON). */
  record Lines(LineWriter writer) implements Answer {}

  /**
   * A problem document (RFC 9457). It is for what the client has asked wrongly; what the user can
   * mend is a {@link ScaleException}.
   *
   * @param status 4xx or 5xx
   * @param sentence what the user reads
   */
  record Refusal(int status, String sentence) implements Answer {}

  /** Writes the lines, on the connection's own virtual thread, and returns at their end. */
  @FunctionalInterface
  interface LineWriter {
    /**
     * Writes them.
     *
     * @throws ScaleException for what the user can mend: before the first line it is answered as
     *     one of the handler's, after it it becomes the last line
     * @throws IOException where the client is gone, as {@link LineSink#line} throws it
     */
    void write(LineSink sink) throws ScaleException, IOException, InterruptedException;
  }

  /** One value, as all is well. */
  static Answer of(Object body) {
    return new Json(200, body);
  }

  /** There is no such thing. */
  static Answer unknown(ControlRequest request) {
    return new Refusal(404, "there is nothing at /" + String.join("/", request.path()));
  }
}
