package dev.cubit.report;

import dev.cubit.diagnose.doctor.Consultation;
import dev.cubit.diagnose.doctor.Consultation.Cost;
import dev.cubit.diagnose.doctor.Doctor;
import dev.cubit.diagnose.doctor.Evidence;
import dev.cubit.diagnose.jvm.JvmFacts;
import dev.cubit.diagnose.ledger.Activity;
import dev.cubit.diagnose.ledger.Item;
import dev.cubit.diagnose.ledger.Ledger;
import dev.cubit.diagnose.ledger.Ledger.Part;
import dev.cubit.diagnose.ledger.MachineUse;
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
import dev.cubit.diagnose.recording.Trace;
import dev.cubit.diagnose.recording.Window;
import dev.cubit.diagnose.rules.RuleFinding;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A shop of 30 requests in flight, of which 27 wait for a lock; every part of a report is there.
 */
final class DoctorExample {
  private DoctorExample() {}

  static Frame frame(String type, String method) {
    return new Frame(type, method, 42, Frame.Kind.COMPILED);
  }

  static List<Frame> stack(String name) {
    return List.of(
        frame("java.util.concurrent.locks.LockSupport", "park"),
        frame("java.util.concurrent.locks.ReentrantLock", "lock"),
        frame("shop." + name, "reserve"),
        frame("shop.Front", "handle"),
        frame("java.lang.Thread", "run"));
  }

  static Recording recording(String name) {
    List<CpuSample> cpu = new ArrayList<>();
    List<Counters> counters = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      cpu.add(
          new CpuSample(
              i * 100_000_000L,
              10_000_000,
              "worker",
              new Trace(
                  List.of(frame("shop." + name, "price"), frame("shop.Front", "handle")), false)));
    }
    for (int second = 0; second <= 10; second++) {
      counters.add(new Counters(second * 1_000_000_000L, 0.1, 0.01, 0.3, -1, -1, -1));
    }
    return new Recording(
        Instant.EPOCH,
        Duration.ofSeconds(10),
        1_234,
        new JvmNames("25", "-Xmx1g", "shop.jar", 0),
        cpu,
        0,
        List.of(),
        List.of(new Pause(2_000_000_000L, 12_000_000, "GC Pause")),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        counters,
        List.of(),
        Map.of(),
        List.of(),
        Recording.Collector.UNKNOWN,
        List.of());
  }

  static Evidence evidence(String name) {
    Waiters waiters =
        new Waiters(
            Activity.LOCK,
            "ReentrantLock.lock",
            Optional.of(frame("shop." + name, "reserve")),
            27,
            0,
            Map.of("shop.Stock@1f", 27.0),
            Map.of("shop." + name + ".reserve (sleeps)", 20),
            stack(name),
            false);
    Ledger ledger =
        new Ledger(
            30,
            true,
            List.of(
                new Part(Item.LOCK, 27, List.of(waiters)),
                new Part(Item.CPU, 2, List.of()),
                new Part(Item.UNEXPLAINED, 1, List.of())),
            List.of(
                new Workers("pool-#-thread-#", false, 40, 0.7, 0.7, Map.of(), stack(name)),
                new Workers("loop-0", true, 1, 0.1, 0, Map.of(), List.of())));
    Traffic traffic =
        new Traffic(
            Instant.EPOCH,
            Duration.ofSeconds(10),
            3_000,
            30,
            true,
            100_000,
            99_000,
            180_000,
            3,
            0,
            0.05,
            1,
            0.1,
            0,
            List.of(
                new Traffic.Second(1, 290, 99_000, 180_000),
                new Traffic.Second(2, 310, 98_000, 170_000)));
    return new Evidence(
        recording(name),
        new Window(0, 10_000_000_000L),
        Parties.of(List.of("shop"), "", Path.of("")),
        Optional.of(traffic),
        Optional.of(new MachineUse(10_000_000_000L, 2, 0.3, 0, 0.2, 0, 0, 0, List.of())),
        ledger,
        Map.of("127.0.0.1:5432", 4.0),
        List.of());
  }

  static Consultation consultation(String name) {
    Evidence evidence = evidence(name);
    return new Consultation(
        "2026-11-23T10-00-00-doctor",
        Instant.EPOCH,
        List.of("doctor", "--load", "[", "-c", "30", "/", "]", "--", "java", "-jar", "shop.jar"),
        Optional.of(new JvmFacts(25, "JDK 25.0.3", "-Xmx1g", "shop.jar", "")),
        evidence,
        Doctor.diagnose(evidence),
        Optional.of(new Cost(100, 104, 310, 300)),
        List.of(
            new RuleFinding(
                "id", "Java Blocking", "java", RuleFinding.Severity.WARNING, 88, name, name)));
  }
}
