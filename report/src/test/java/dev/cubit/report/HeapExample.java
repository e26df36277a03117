package dev.cubit.report;

import dev.cubit.diagnose.heap.HeapReport;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.Allocation;
import dev.cubit.diagnose.recording.Recording.Collection;
import dev.cubit.diagnose.recording.Recording.Collector;
import dev.cubit.diagnose.recording.Recording.HeapLook;
import dev.cubit.diagnose.recording.Recording.JvmNames;
import dev.cubit.diagnose.recording.Recording.OldObject;
import dev.cubit.diagnose.recording.Recording.Pause;
import dev.cubit.diagnose.recording.Recording.Resident;
import dev.cubit.diagnose.recording.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A minute of a shop that remembers every session, or does not. */
final class HeapExample {
  double leakBytesPerSecond = 5e6;
  double collectionsPerSecond = 2;
  int allocations = 2_000;
  int methods = 20;
  String type = "shop.Session";
  List<String> notes = List.of();
  Map<String, Long> nativeMemory =
      Map.of("Java Heap", 500_000_000L, "Class", 60_000_000L, "Thread", 20_000_000L);

  private final List<HeapLook> heap = new ArrayList<>();
  private final List<Pause> pauses = new ArrayList<>();
  private final List<Collection> collections = new ArrayList<>();

  static HeapReport empty() {
    HeapExample example = new HeapExample();
    example.collectionsPerSecond = 0;
    example.allocations = 0;
    example.leakBytesPerSecond = 0;
    example.nativeMemory = Map.of();
    return HeapReport.of(
        example.recording(List.of(), List.of(), List.of()),
        Parties.of(List.of("shop"), "", Path.of("")));
  }

  HeapReport report() {
    collect();
    List<Allocation> allocated = new ArrayList<>();
    for (int i = 0; i < allocations; i++) {
      String kind = i % 3 == 0 ? "[B" : type;
      allocated.add(
          new Allocation(i * (60_000_000_000L / allocations), 1_000_000, kind, "t", trace(i)));
    }
    List<OldObject> old = new ArrayList<>();
    for (int s = 1; s < 59 && leakBytesPerSecond > 0; s++) {
      old.add(
          new OldObject(
              "[B",
              s * 1_000_000_000L,
              100,
              0,
              List.of(
                  type + ".basket",
                  "[Ljava.util.HashMap$Node;[]",
                  "java.util.HashMap.table",
                  "shop.Store.sessions",
                  "static shop.Main.STORE"),
              "Class Loader Data, Unknown",
              trace(1)));
    }
    List<Resident> resident = new ArrayList<>();
    for (int s = 0; s < 60; s++) {
      resident.add(new Resident(s * 1_000_000_000L, 700_000_000L, 710_000_000L));
    }
    return HeapReport.of(
        recording(allocated, old, resident), Parties.of(List.of("shop"), "", Path.of("")));
  }

  private void collect() {
    for (int i = 0; i < 60 * collectionsPerSecond; i++) {
      long at = Math.round(i / collectionsPerSecond * 1e9);
      long live = Math.round(100e6 + at / 1e9 * leakBytesPerSecond);
      heap.add(new HeapLook(at, false, live + 200_000_000, 500_000_000));
      heap.add(new HeapLook(at + 9_000_000, true, live, 500_000_000));
      collections.add(
          new Collection(at, 10_000_000, "G1New", "G1 Evacuation Pause", 10_000_000, 10_000_000));
      pauses.add(new Pause(at, 10_000_000, "GC Pause"));
    }
  }

  private Trace trace(int i) {
    List<Frame> frames = new ArrayList<>();
    frames.add(frame("java.util.Arrays", "copyOf"));
    for (int depth = 0; depth < 10; depth++) {
      frames.add(frame(type, "method" + (i + depth) % methods));
    }
    frames.add(frame("shop.Main", "handle"));
    frames.add(frame("web.Server", "run"));
    return new Trace(i % 7 == 0 ? frames.subList(frames.size() - 1, frames.size()) : frames, false);
  }

  private static Frame frame(String type, String method) {
    return new Frame(type, method, 12, Frame.Kind.COMPILED);
  }

  private Recording recording(
      List<Allocation> allocated, List<OldObject> old, List<Resident> resident) {
    return new Recording(
        Instant.EPOCH,
        Duration.ofSeconds(60),
        1,
        new JvmNames("", "", "", 0),
        List.of(),
        0,
        List.of(),
        pauses,
        heap,
        allocated,
        old,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        resident,
        nativeMemory,
        collections,
        heap.isEmpty() ? Collector.UNKNOWN : new Collector("G1New", "G1Old", 1_000_000_000),
        notes);
  }
}
