package dev.cubit.diagnose.flight;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.recording.Recording;
import java.util.function.Consumer;

/**
 * A recording that a JVM is making, until one of {@link #end}, {@link #keep} and {@link #close}.
 */
public sealed interface Recorder extends AutoCloseable permits Flight, AsyncFlight {

  /**
   * Ends the recording and reads it. Of a JVM that has been killed, what it had written until then
   * is read.
   *
   * @throws DiagnoseException where nothing can be read
   */
  Recording end() throws DiagnoseException;

  /**
   * Ends the recording: {@code recording.jfr} in its folder.
   *
   * @throws DiagnoseException where the JVM has ended, and left nothing that can be read
   */
  void keep() throws DiagnoseException;

  /**
   * Tells about once a second what is seen, until it is closed.
   *
   * @param listener is called on a thread of its own
   */
  LiveView live(Consumer<LiveLook> listener);

  /** Ends the recording where nobody wants it any more: the JVM goes on without it. */
  @Override
  void close();
}
