package dev.cubit.scale.control;

import java.io.IOException;

/** Takes lines to a client; any thread may call it. */
public interface LineSink {
  /**
   * Sends a line at once, and waits for a client that does not keep up.
   *
   * @param value as in {@link Answer.Json}; no object with the one field {@code problem}
   * @throws IOException where the client is gone
   */
  void line(Object value) throws IOException;

  /**
   * Whether more is wanted: false once the client is gone, or the server is closing. In the second
   * case what is still to be said can be, for a moment.
   */
  boolean isOpen();

  /**
   * Runs once it is open no more, on another thread, or at once where that has been; after the end
   * of the answer in any case. For what waits for its next line elsewhere; it must not wait itself.
   */
  void onEnd(Runnable hook);
}
