package dev.cubit.diagnose.doctor;

import dev.cubit.diagnose.jvm.NativeThread;
import dev.cubit.diagnose.jvm.ThreadDump;
import dev.cubit.diagnose.ledger.Activity;
import dev.cubit.diagnose.ledger.Item;
import dev.cubit.diagnose.ledger.Ledger;
import dev.cubit.diagnose.ledger.Ledger.Part;
import dev.cubit.diagnose.ledger.MachineUse;
import dev.cubit.diagnose.ledger.ThreadUse;
import dev.cubit.diagnose.ledger.Traffic;
import dev.cubit.diagnose.ledger.Waiters;
import dev.cubit.diagnose.ledger.Workers;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.Counters;
import dev.cubit.diagnose.recording.Recording.CpuSample;
import dev.cubit.diagnose.recording.Recording.JvmNames;
import dev.cubit.diagnose.recording.Recording.Pause;
import dev.cubit.diagnose.recording.Recording.VmOperation;
import dev.cubit.diagnose.recording.Trace;
import dev.cubit.diagnose.recording.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evidence of ten seconds, made by hand: a closed load on two cores, all well unless said. */
final class Case {
  private static final long SECOND = 1_000_000_000L;

  private final List<Part> parts = new ArrayList<>();
  private final List<Workers> workers = new ArrayList<>();
  private final List<CpuSample> cpu = new ArrayList<>();
  private final List<Pause> pauses = new ArrayList<>();
  private final List<VmOperation> operations = new ArrayList<>();
  private final List<ThreadUse> threads = new ArrayList<>();
  double inFlight = 16;
  double machine = 0.3;
  double jvm = 0.2;
  double throttled;
  double generator = 0.1;
  long responses = 10_000;
  long exceptions;

  /** False for a recording alone. */
  boolean known = true;

  Map<String, Double> connections = Map.of();

  static Frame frame(String name) {
    int dot = name.lastIndexOf('.');
    return new Frame(name.substring(0, dot), name.substring(dot + 1), 7, Frame.Kind.COMPILED);
  }

  Case part(Item item, double requests) {
    parts.add(new Part(item, requests, List.of()));
    return this;
  }

  Case waits(Item item, Activity activity, double threadsOf, double pinned, String... stack) {
    List<Frame> frames = List.of(stack).stream().map(Case::frame).toList();
    parts.add(
        new Part(
            item,
            threadsOf,
            List.of(
                new Waiters(
                    activity,
                    "how",
                    Optional.of(frame("shop.Order.place")),
                    threadsOf,
                    pinned,
                    Map.of("shop.Stock@1", threadsOf),
                    Map.of(),
                    frames,
                    false))));
    return this;
  }

  Case workers(boolean loop, int number, double busy, double application, Activity doing) {
    workers.add(
        new Workers(
            loop ? "loop-0" : "pool-#",
            loop,
            number,
            busy,
            application,
            Map.of(doing, busy),
            List.of(frame("shop.Order.place"))));
    return this;
  }

  /** A hundred samples with this stack. */
  Case runs(String... stack) {
    Trace trace = new Trace(List.of(stack).stream().map(Case::frame).toList(), false);
    for (int i = 0; i < 100; i++) {
      cpu.add(new CpuSample(i * SECOND / 10, 10_000_000, "t", trace));
    }
    return this;
  }

  Case paused(double share) {
    pauses.add(new Pause(SECOND, Math.round(share * 10 * SECOND), "GC Pause"));
    return this;
  }

  Case halted(String operation, double share) {
    operations.add(new VmOperation(SECOND, Math.round(share * 10 * SECOND), operation, true));
    return this;
  }

  Case thread(NativeThread.Kind kind, double cores) {
    threads.add(new ThreadUse(new NativeThread("t", 0, kind), cores, 0));
    return this;
  }

  Diagnosis diagnose() {
    List<Counters> counters =
        List.of(
            new Counters(0, jvm, 0, machine, 0, -1, -1),
            new Counters(10 * SECOND, jvm, 0, machine, exceptions, -1, -1));
    Recording recording =
        new Recording(
            Instant.EPOCH,
            Duration.ofSeconds(10),
            1,
            new JvmNames("", "", "", 0),
            cpu,
            0,
            List.of(),
            pauses,
            List.of(),
            List.of(),
            List.of(),
            operations,
            List.of(),
            List.of(),
            counters,
            List.of(),
            Map.of(),
            List.of(),
            Recording.Collector.UNKNOWN,
            List.of());
    Traffic traffic =
        new Traffic(
            Instant.EPOCH,
            Duration.ofSeconds(10),
            responses,
            16,
            true,
            1_000,
            900,
            2_000,
            0,
            0,
            generator,
            1,
            generator,
            0,
            List.of());
    MachineUse use =
        new MachineUse(10 * SECOND, 2, machine, 0, 2 * jvm, 0.3, throttled, throttled, threads);
    return Doctor.diagnose(
        new Evidence(
            recording,
            new Window(0, 10 * SECOND),
            Parties.of(List.of("shop"), "", Path.of("")),
            known ? Optional.of(traffic) : Optional.empty(),
            Optional.of(use),
            new Ledger(inFlight, known, parts, workers),
            connections,
            List.of(new ThreadDump(List.of()))));
  }

  Cause verdict() {
    return diagnose().verdict().cause();
  }
}
