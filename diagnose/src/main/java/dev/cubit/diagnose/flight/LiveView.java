package dev.cubit.diagnose.flight;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.recording.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;

/** Reads along while a JVM records: it writes out what it has once a second. */
public final class LiveView implements AutoCloseable {
  private final Consumer<LiveLook> listener;
  private Optional<EventStream> stream = Optional.empty();

  // on the stream's thread alone
  private double stoppedNanos;
  private double allocated;
  private Instant last = Instant.EPOCH;

  private LiveView(Consumer<LiveLook> listener) {
    this.listener = listener;
  }

  /**
   * Begins to read along. Where that cannot be, nothing is shown, and the recording goes on.
   *
   * @param listener is told about once a second, on a thread of its own
   */
  static LiveView of(Path repository, Consumer<LiveLook> listener) {
    LiveView view = new LiveView(listener);
    try {
      EventStream stream = EventStream.openRepository(Repository.chunks(repository));
      stream.setReuse(true);
      stream.setOrdered(false);
      stream.onEvent("jdk.GCPhasePause", e -> view.stoppedNanos += e.getDuration().toNanos());
      stream.onEvent("jdk.ObjectAllocationSample", e -> view.allocated += e.getLong("weight"));
      stream.onEvent("jdk.CPULoad", view::tell);
      stream.startAsync();
      view.stream = Optional.of(stream);
    } catch (IOException | DiagnoseException e) {
      // the folder is gone, as the JVM is
    }
    return view;
  }

  /** Of a recording that cannot be read before its end. */
  static LiveView none() {
    return new LiveView(look -> {});
  }

  private void tell(RecordedEvent load) {
    Instant now = load.getStartTime();
    double seconds = Math.clamp((now.toEpochMilli() - last.toEpochMilli()) / 1e3, 0.5, 2);
    listener.accept(
        new LiveLook(
            load.getFloat("machineTotal"),
            load.getFloat("jvmUser") + load.getFloat("jvmSystem"),
            Math.min(1, stoppedNanos / 1e9 / seconds),
            allocated / seconds));
    stoppedNanos = 0;
    allocated = 0;
    last = now;
  }

  @Override
  public void close() {
    stream.ifPresent(EventStream::close);
  }
}
