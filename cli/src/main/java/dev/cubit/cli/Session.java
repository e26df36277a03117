package dev.cubit.cli;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.doctor.Consultation.Cost;
import dev.cubit.diagnose.doctor.Evidence;
import dev.cubit.diagnose.doctor.Examination;
import dev.cubit.diagnose.flight.AsyncFlight;
import dev.cubit.diagnose.flight.Flight;
import dev.cubit.diagnose.flight.LiveView;
import dev.cubit.diagnose.flight.Recorder;
import dev.cubit.diagnose.flight.Settings;
import dev.cubit.diagnose.jvm.Jvm;
import dev.cubit.diagnose.jvm.JvmFacts;
import dev.cubit.diagnose.recording.RecordingReader;
import dev.cubit.load.Extent;
import dev.cubit.load.LoadException;
import dev.cubit.load.LoadPlan;
import dev.cubit.measure.Baseline;
import dev.cubit.measure.Run;
import dev.cubit.measure.WarmUpPlan;
import dev.cubit.report.ProgressLine;
import dev.cubit.target.Target;
import dev.cubit.target.ThreadTimes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * From the words to the evidence, for every command that looks into a JVM: starts it or finds it,
 * warms it up, measures what recording costs, records it under load, and reads the recording.
 */
final class Session {
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration REFERENCE = Duration.ofSeconds(2);

  private final DiagnoseOptions options;
  private final LoadOptions load;
  private final Settings settings;
  private final List<String> typed;
  private final Terminal terminal;

  Session(
      DiagnoseOptions options,
      LoadOptions load,
      Settings settings,
      List<String> typed,
      Terminal terminal) {
    this.options = options;
    this.load = load;
    this.settings = settings;
    this.typed = typed;
    this.terminal = terminal;
  }

  /**
   * What came of it.
   *
   * @param folder of this diagnosis
   * @param source the recording
   * @param jvm empty where only a recording was read
   * @param cost of the recording; empty where it was not measured
   * @param exitCode of the command: whatever is wrong is told by now
   */
  record Outcome(
      Path folder,
      Path source,
      Instant start,
      Optional<JvmFacts> jvm,
      Evidence evidence,
      Optional<Cost> cost,
      int exitCode) {

    /** What was looked at: the JVM's words, or the file's. */
    String title() {
      String words =
          jvm.map(JvmFacts::javaWords).orElseGet(() -> evidence.recording().jvm().javaWords());
      return words.isEmpty() ? String.valueOf(source.getFileName()) : words;
    }

    /** Writes the page, and opens it where that is wanted. */
    void write(String name, String html, boolean open, Terminal terminal) throws CliException {
      Path page = folder.resolve(name + ".html");
      Output.write(page, html);
      if (open && !Browser.open(page)) {
        terminal.note("there is no browser that could be opened here; the page is " + page);
      }
    }

    /** The last line of a text: where the page and the recording are. */
    String where(String name) {
      return "\nPage  " + folder.resolve(name + ".html") + "\n";
    }
  }

  /** Runs it; empty where nothing is to be analysed. */
  Optional<Outcome> run(Words words, String tool) throws CliException, InterruptedException {
    options.check(words, load, tool);
    if (options.recording != null) {
      return Optional.of(read(options.recording, tool));
    }
    boolean loaded = options.isLoaded(load);
    TargetOptions targetOptions = options.target();
    TargetOptions.Choice choice =
        targetOptions.choose(words, load.request.namesRequests(), System.getenv());
    Optional<LoadPlan> plan =
        loaded
            ? Optional.of(load.toPlan(choice.urls(), choice.base(), terminal::note))
            : Optional.empty();
    if (choice.command().isEmpty() || options.pid != null) {
      try (Patient patient =
          options.pid != null ? Patient.of(options.pid) : Patient.of(plan.orElseThrow())) {
        return examine(patient, plan, words, tool);
      }
    }
    try (Target target =
        TargetOptions.start(choice.command().orElseThrow(), terminal, options.debug)) {
      if (!options.urls.isEmpty()) {
        targetOptions.requirePort(target);
      }
      Optional<LoadPlan> started =
          loaded
              ? Optional.of(
                  load.toPlan(choice.urls(), Optional.of(TargetOptions.origin(target)), note -> {}))
              : Optional.empty();
      try (Patient patient = Patient.of(target)) {
        return examine(patient, started, words, tool);
      }
    }
  }

  private Outcome read(Path file, String tool) throws CliException {
    try {
      Evidence evidence = Examination.ofRecording(RecordingReader.read(file), options.application);
      return new Outcome(
          DiagnosisFolder.make(tool),
          file,
          evidence.recording().start(),
          Optional.empty(),
          evidence,
          Optional.empty(),
          Exit.OK);
    } catch (DiagnoseException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  private Optional<Outcome> examine(
      Patient patient, Optional<LoadPlan> plan, Words words, String tool)
      throws CliException, InterruptedException {
    Path folder = DiagnosisFolder.make(tool);
    Optional<Run> reference = Optional.empty();
    if (plan.isPresent()) {
      reference = warmUp(patient, plan.get(), words);
      if (Interrupts.interrupted()) {
        throw new CliException(Exit.INTERRUPTED, "stopped before anything was recorded");
      }
    }
    Instant start = Instant.now();
    try (Examination examination =
        Examination.begin(
            patient.jvm(), recorder(patient.jvm(), folder), folder, patient.target().isPresent())) {
      examination.beginLoad();
      long readyNanos = readyNanos();
      long begin = System.nanoTime();
      Optional<Run> run = Optional.empty();
      if (plan.isPresent()) {
        run = Optional.of(recorded(patient, plan.get(), examination));
      } else if (options.onPort != null) {
        command(options.onPort, patient);
      } else {
        idle(patient, examination);
      }
      double ready = (readyNanos() - readyNanos) / (double) Math.max(1, System.nanoTime() - begin);
      examination.endLoad();
      int code = exitCode(patient, run);
      if (options.collectOnly) {
        examination.keep();
        terminal.out().println(folder.resolve("recording.jfr"));
        return Optional.empty();
      }
      note("reading the recording ...");
      Evidence evidence =
          examination.evidence(
              run.map(r -> TrafficOf.load(r.load(), plan.orElseThrow(), ready)),
              options.application);
      List<Run> references = new ArrayList<>();
      if (reference.isPresent() && code == Exit.OK) {
        references.add(reference.get());
        references.add(reference(patient, plan.orElseThrow(), new WarmUpPlan.None()));
      }
      return Optional.of(
          new Outcome(
              folder,
              folder.resolve("recording.jfr"),
              start,
              Optional.of(patient.jvm().describe()),
              evidence,
              cost(references, run),
              code));
    } catch (DiagnoseException e) {
      throw new CliException(Exit.TARGET, e);
    }
  }

  private Recorder recorder(Jvm jvm, Path folder) throws DiagnoseException {
    return options.isAsync() ? AsyncFlight.begin(jvm, folder) : Flight.begin(jvm, settings, folder);
  }

  /** Of the threads of this process that send, and of those that have been: waiting for a core. */
  private static long readyNanos() {
    return ThreadTimes.of(ProcessHandle.current().pid()).stream()
        .filter(t -> t.name().startsWith("cubit-load-"))
        .mapToLong(ThreadTimes::runQueueNanos)
        .sum();
  }

  private int exitCode(Patient patient, Optional<Run> run) {
    if (Interrupts.interrupted()) {
      return Exit.INTERRUPTED;
    }
    if (!patient.isAlive()) {
      patient
          .target()
          .ifPresent(
              t -> t.lastOutput().forEach(line -> terminal.err().println("target: " + line)));
      terminal.note("the target ended while it was recorded: what was written until then is read");
      return Exit.TARGET;
    }
    if (run.isPresent() && run.get().load().responses() == 0) {
      terminal.note("nothing was answered: " + Failure.of(run.get().load()));
      return Exit.TARGET;
    }
    return Exit.OK;
  }

  /** Warm-up, and then a short load that is not recorded; see {@link #cost}. */
  private Optional<Run> warmUp(Patient patient, LoadPlan plan, Words words)
      throws CliException, InterruptedException {
    boolean asked =
        words.words().stream().anyMatch(w -> w.equals("-W") || w.startsWith("--warmup"));
    WarmUpPlan warmUp = asked ? load.warmUp : new WarmUpPlan.For(WARM_UP, OptionalInt.empty());
    if (warmUp instanceof WarmUpPlan.None) {
      return Optional.empty();
    }
    return Optional.of(reference(patient, plan, warmUp));
  }

  private Run reference(Patient patient, LoadPlan plan, WarmUpPlan warmUp)
      throws CliException, InterruptedException {
    Duration length =
        plan.extent() instanceof Extent.Time(Duration duration) && duration.compareTo(REFERENCE) < 0
            ? duration
            : REFERENCE;
    return load(patient, plan.with(new Extent.Time(length)), warmUp);
  }

  /** A load that is not recorded. */
  private Run load(Patient patient, LoadPlan plan, WarmUpPlan warmUp)
      throws CliException, InterruptedException {
    note(
        warmUp instanceof WarmUpPlan.None
            ? "once more without recording, to tell what it costs ..."
            : "warming up, and a load that is not recorded ...");
    try (ProgressView view = options.silent() ? ProgressView.silent() : ProgressView.of(terminal)) {
      return load(patient, plan, warmUp, view);
    }
  }

  private Run recorded(Patient patient, LoadPlan plan, Examination examination)
      throws CliException, InterruptedException {
    note("recording under load ...");
    if (options.silent()) {
      return load(patient, plan, new WarmUpPlan.None(), ProgressView.silent());
    }
    AtomicReference<String> seen = new AtomicReference<>("");
    try (LiveView live = examination.live(look -> seen.set(ProgressLine.live(look)));
        ProgressView view = ProgressView.of(terminal, seen::get)) {
      return load(patient, plan, new WarmUpPlan.None(), view);
    }
  }

  private Run load(Patient patient, LoadPlan plan, WarmUpPlan warmUp, ProgressView view)
      throws CliException, InterruptedException {
    try {
      Baseline baseline =
          new Baseline(
              plan,
              Questions.of(plan, load, null),
              typed,
              warmUp,
              Optional.of(patient.watched()),
              view::show);
      Interrupts.stopWith(baseline::stop);
      return baseline.run();
    } catch (LoadException e) {
      throw new CliException(Exit.TARGET, e);
    } finally {
      Interrupts.stopWith(() -> {});
    }
  }

  /** By the load before the recording and the one after it, as a JVM grows faster all the time. */
  private static Optional<Cost> cost(List<Run> references, Optional<Run> run) {
    double without =
        references.stream()
            .mapToDouble(r -> r.cpuMicrosPerResponse().orElse(Double.NaN))
            .average()
            .orElse(Double.NaN);
    double with =
        run.map(Run::cpuMicrosPerResponse).orElse(OptionalDouble.empty()).orElse(Double.NaN);
    if (Double.isNaN(without) || Double.isNaN(with)) {
      return Optional.empty();
    }
    return Optional.of(
        new Cost(
            without,
            with,
            references.stream().mapToDouble(r -> r.load().requestsPerSecond()).average().orElse(0),
            run.orElseThrow().load().requestsPerSecond()));
  }

  /** Records until Ctrl-C, the end of the JVM, or the time that was asked for. */
  private void idle(Patient patient, Examination examination) throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    Interrupts.stopWith(() -> stop.set(true));
    note(
        load.duration == null
            ? "recording; Ctrl-C ends it and tells what was found"
            : "recording for " + load.duration.toSeconds() + " s");
    long begin = System.nanoTime();
    try (LiveView live =
        examination.live(
            look -> {
              if (!options.silent()) {
                String clear = terminal.live() ? "\r\u001b[K" : "";
                terminal
                    .err()
                    .print(clear + ProgressLine.live(look) + (terminal.live() ? "" : "\n"));
                terminal.err().flush();
              }
            })) {
      until(stop, patient, begin);
    }
    Interrupts.stopWith(() -> {});
  }

  private void until(AtomicBoolean stop, Patient patient, long begin) throws InterruptedException {
    while (!stop.get()
        && patient.isAlive()
        && (load.duration == null || System.nanoTime() - begin < load.duration.toNanos())) {
      Thread.sleep(100);
    }
    if (terminal.live() && !options.silent()) {
      terminal.err().println();
    }
  }

  private void command(String command, Patient patient) throws CliException, InterruptedException {
    note("recording while this runs: " + command);
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    builder.redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/stderr")));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    patient.target().ifPresent(t -> builder.environment().put("PORT", Integer.toString(t.port())));
    try {
      Process process = builder.start();
      Interrupts.stopWith(
          () -> {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
          });
      while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
        if (!patient.isAlive()) {
          process.destroy();
        }
      }
      if (process.exitValue() != 0 && !Interrupts.interrupted()) {
        terminal.note("the command of --on-port ended with exit code " + process.exitValue());
      }
    } catch (IOException e) {
      throw new CliException(Exit.USAGE, "cannot run the command of --on-port: " + command);
    } finally {
      Interrupts.stopWith(() -> {});
    }
  }

  private void note(String sentence) {
    if (!options.silent()) {
      terminal.note(sentence);
    }
  }
}
