package dev.cubit.diagnose.flight;

import com.sun.tools.attach.AgentInitializationException;
import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.jvm.Jvm;
import dev.cubit.diagnose.recording.FinishedChunks;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A recording by async-profiler, which the JVM loads as an agent and which stays loaded, asleep,
 * until the JVM ends. The flight recorder does not run beside it: a flame graph needs nothing that
 * async-profiler does not tell, and two would cost twice.
 */
public final class AsyncFlight implements Recorder {
  /**
   * {@code event=cpu} is perf_events where the kernel lets them be used, else timers. A chunk ends
   * every five seconds, which is the shortest there is: what a killed JVM has not ended is lost.
   * {@code jfropts=31} leaves out what it would tell of the machine and of the JVM: flags and
   * system properties hold secrets.
   */
  private static final String WHAT =
      "event=cpu,interval=10ms,wall=50ms,alloc=512k,lock,chunktime=5s,jfropts=31,jfr";

  private final Jvm jvm;
  private final Path library;
  private final Path log;
  private final Path file;
  private boolean ended;

  private AsyncFlight(Jvm jvm, Path library, Path folder) {
    this.jvm = jvm;
    this.library = library;
    this.log = folder.resolve("async-profiler.log");
    this.file = folder.resolve("recording.jfr");
  }

  /**
   * Begins a recording.
   *
   * @param folder for the recording and, as long as it goes on, async-profiler's library
   * @throws DiagnoseException where there is no library for this machine, the JVM does not load it,
   *     or async-profiler refuses
   */
  public static AsyncFlight begin(Jvm jvm, Path folder) throws DiagnoseException {
    Path place = folder.toAbsolutePath();
    if (place.toString().matches(".*[,%\n].*")) {
      throw new DiagnoseException(
          "async-profiler does not take a path with a comma or a percent sign, as "
              + place
              + " is: start Cubit in another folder");
    }
    AsyncFlight flight = new AsyncFlight(jvm, AsyncLibrary.unpack(place), place);
    try {
      flight.call("start," + WHAT);
    } catch (DiagnoseException e) {
      flight.ended = true;
      flight.clear();
      throw e;
    }
    return flight;
  }

  private void call(String options) throws DiagnoseException {
    try {
      jvm.loadAgent(library, options + ",log=" + log + ",file=" + file);
    } catch (DiagnoseException e) {
      throw new DiagnoseException(
          e.getCause() instanceof AgentInitializationException
              ? "async-profiler refuses in the JVM with pid " + jvm.pid() + ": " + refusal()
              : e.getMessage() + AsyncLibrary.remedy(String.valueOf(e.getMessage())),
          e);
    }
  }

  private String refusal() {
    try (Stream<String> lines = Files.lines(log)) {
      String errors =
          lines
              .filter(line -> line.startsWith("[ERROR] "))
              .map(line -> line.substring("[ERROR] ".length()))
              .collect(Collectors.joining("; "));
      return errors.equals("Profiler already started")
          ? "it records for somebody else already; wait until that ends"
          : errors.isEmpty() ? "it does not say why" : errors;
    } catch (IOException e) {
      return "it does not say why";
    }
  }

  @Override
  public Recording end() throws DiagnoseException {
    keep();
    return RecordingReader.read(file);
  }

  @Override
  public void keep() throws DiagnoseException {
    ended = true;
    try {
      call("stop");
    } catch (DiagnoseException e) {
      if (FinishedChunks.keep(file) == 0) {
        throw new DiagnoseException(
            "the JVM with pid "
                + jvm.pid()
                + " ended too early: of what async-profiler records, five seconds can be read at a"
                + " time, and the first were not over",
            e);
      }
    } finally {
      clear();
    }
  }

  /** Async-profiler's file has no index before it ends: nothing can be read along. */
  @Override
  public LiveView live(Consumer<LiveLook> listener) {
    return LiveView.none();
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      try {
        call("stop");
      } catch (DiagnoseException e) {
        // the JVM has ended, and the recording with it
      }
      clear();
    }
  }

  private void clear() {
    try {
      Files.deleteIfExists(library);
      Files.deleteIfExists(log);
    } catch (IOException e) {
      library.toFile().deleteOnExit();
    }
  }
}
