package dev.cubit.diagnose.doctor;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.flight.LiveLook;
import dev.cubit.diagnose.flight.LiveView;
import dev.cubit.diagnose.flight.Recorder;
import dev.cubit.diagnose.jvm.Jvm;
import dev.cubit.diagnose.ledger.Bookkeeping;
import dev.cubit.diagnose.ledger.EventWaits;
import dev.cubit.diagnose.ledger.Ledger;
import dev.cubit.diagnose.ledger.Look;
import dev.cubit.diagnose.ledger.Lookout;
import dev.cubit.diagnose.ledger.MachineUse;
import dev.cubit.diagnose.ledger.MachineWatch;
import dev.cubit.diagnose.ledger.Traffic;
import dev.cubit.diagnose.ledger.Waiting;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import dev.cubit.diagnose.recording.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Watches one JVM while it is under load: its flight recording, what its threads do, and what it
 * uses of the machine. Used in this order: {@link #begin}, {@link #beginLoad}, {@link #endLoad},
 * {@link #evidence}.
 */
public final class Examination implements AutoCloseable {
  private static final int IDLE_LOOKS = 2;

  private final Jvm jvm;
  private final Path folder;
  private final Recorder recorder;
  private final boolean mayCollect;
  private final List<Look> idle = new ArrayList<>();
  private Optional<Lookout> lookout = Optional.empty();
  private Optional<MachineWatch> watch = Optional.empty();
  private Optional<MachineUse> use = Optional.empty();
  private List<Look> loaded = List.of();
  private Instant from = Instant.now();
  private Instant to = Instant.MAX;

  private Examination(Jvm jvm, Path folder, Recorder recorder, boolean mayCollect) {
    this.jvm = jvm;
    this.folder = folder;
    this.recorder = recorder;
    this.mayCollect = mayCollect;
  }

  /**
   * Of a recording that has begun; it is ended with this.
   *
   * @param folder for what is seen
   * @param mayCollect whether the JVM may be made to collect its heap in full before and after the
   *     load, which tells a leak from garbage; not for one that works for others
   */
  public static Examination begin(Jvm jvm, Recorder recorder, Path folder, boolean mayCollect)
      throws DiagnoseException {
    Examination examination = new Examination(jvm, folder, recorder, mayCollect);
    try {
      examination.collect();
    } catch (DiagnoseException e) {
      examination.close();
      throw e;
    }
    return examination;
  }

  private void collect() throws DiagnoseException {
    if (mayCollect) {
      jvm.command("GC.run");
    }
  }

  /** Looks what its threads do without load, and begins to watch. */
  public void beginLoad() throws DiagnoseException {
    for (int i = 0; i < IDLE_LOOKS; i++) {
      idle.add(Lookout.once(jvm, folder));
    }
    watch = Optional.of(new MachineWatch(jvm));
    lookout = Optional.of(Lookout.begin(jvm.pid(), folder));
    from = Instant.now();
  }

  /** Ends the watch; the recording goes on. */
  public void endLoad() {
    to = Instant.now();
    use = watch.map(MachineWatch::soFar);
    lookout.ifPresent(Lookout::close);
    loaded = lookout.map(Lookout::soFar).orElse(List.of());
    lookout = Optional.empty();
  }

  /** Tells about once a second what is seen, until it is closed. */
  public LiveView live(Consumer<LiveLook> listener) {
    return recorder.live(listener);
  }

  /**
   * Ends the recording and puts together what was seen.
   *
   * @param traffic what the load generator saw; empty where the load was another's
   * @param application packages that the user has named; empty: guessed
   */
  public Evidence evidence(Optional<Traffic> traffic, List<String> application)
      throws DiagnoseException {
    try {
      collect();
    } catch (DiagnoseException e) {
      // it has ended under the load; what it had written until then is read
    }
    Recording recording = recorder.end();
    Parties parties = Parties.of(application, jvm.describe().javaWords(), workingFolder(jvm.pid()));
    return of(recording, parties, traffic);
  }

  /** Ends the recording and leaves it in its folder, unread. */
  public void keep() throws DiagnoseException {
    collect();
    recorder.keep();
  }

  private Evidence of(Recording recording, Parties parties, Optional<Traffic> traffic) {
    Instant begin = traffic.map(Traffic::begin).orElse(from);
    Instant end = traffic.map(t -> t.begin().plus(t.length())).orElse(to);
    loaded = Look.within(loaded, begin, end);
    Window window =
        new Window(
            since(recording, begin), Math.max(since(recording, begin) + 1, since(recording, end)));
    Evidence bare =
        new Evidence(recording, window, parties, traffic, use, NONE, connections(), List.of());
    double diskCores =
        use.map(MachineUse::javaCores).orElse(0.0) * bare.cpuShare(Waiting::isInFile);
    Ledger ledger =
        use.isEmpty() || loaded.isEmpty()
            ? fromEvents(bare)
            : Bookkeeping.of(
                traffic,
                idle,
                loaded,
                use.get(),
                parties,
                bare.stopped(),
                bare.halted(),
                bare.stalled(),
                diskCores);
    return new Evidence(
        recording,
        window,
        parties,
        traffic,
        use,
        ledger,
        connections(),
        loaded.stream().map(Look::dump).toList());
  }

  /** The evidence of a recording alone. */
  public static Evidence ofRecording(Recording recording, List<String> application) {
    Parties parties = Parties.of(application, recording.jvm().javaWords(), Path.of(""));
    Window window = Window.afterStart(recording);
    Evidence bare =
        new Evidence(
            recording,
            window,
            parties,
            Optional.empty(),
            Optional.empty(),
            NONE,
            Map.of(),
            List.of());
    return new Evidence(
        recording,
        window,
        parties,
        Optional.empty(),
        Optional.empty(),
        fromEvents(bare),
        Map.of(),
        List.of());
  }

  private static final Ledger NONE = new Ledger(0, false, List.of(), List.of());

  private static Ledger fromEvents(Evidence bare) {
    double cpuNanos = bare.samples().stream().mapToDouble(s -> s.weightNanos()).sum();
    return Bookkeeping.ofWaits(
        EventWaits.of(bare.recording(), bare.window(), bare.parties()),
        cpuNanos / 1e9 / bare.window().seconds(),
        bare.stopped(),
        bare.waiting(WaitKind.ALLOCATION_STALL));
  }

  private static long since(Recording recording, Instant moment) {
    return moment.equals(Instant.MAX)
        ? recording.length().toNanos()
        : Math.max(0, Duration.between(recording.start(), moment).toNanos());
  }

  private Map<String, Double> connections() {
    Map<String, Double> means = new HashMap<>();
    for (Look look : loaded) {
      look.connections()
          .forEach((address, n) -> means.merge(address, n / (double) loaded.size(), Double::sum));
    }
    return means;
  }

  /** Of the process; where the words of its command are relative to. */
  private static Path workingFolder(long pid) {
    try {
      return Path.of("/proc/" + pid + "/cwd").toRealPath();
    } catch (IOException e) {
      return Path.of("");
    }
  }

  @Override
  public void close() {
    lookout.ifPresent(Lookout::close);
    recorder.close();
    jvm.close();
  }
}
