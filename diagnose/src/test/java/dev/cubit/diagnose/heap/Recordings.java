package dev.cubit.diagnose.heap;

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

/** Recordings of a minute, made up. */
final class Recordings {
  static final double MB = 1e6;
  static final Parties PARTIES = Parties.of(List.of("shop"), "", Path.of(""));

  final List<Pause> pauses = new ArrayList<>();
  final List<HeapLook> heap = new ArrayList<>();
  final List<Allocation> allocations = new ArrayList<>();
  final List<OldObject> oldObjects = new ArrayList<>();
  final List<Collection> collections = new ArrayList<>();
  final List<Resident> resident = new ArrayList<>();
  Map<String, Long> nativeMemory = Map.of();
  double maxMegabytes = 1_000;

  static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  static Trace trace(String... names) {
    List<Frame> frames = new ArrayList<>();
    for (String name : names) {
      int dot = name.lastIndexOf('.');
      frames.add(
          new Frame(name.substring(0, dot), name.substring(dot + 1), 7, Frame.Kind.COMPILED));
    }
    return new Trace(frames, false);
  }

  Recordings young(double seconds, double before, double after) {
    return collection(seconds, before, after, "G1New", "G1 Evacuation Pause");
  }

  Recordings whole(double seconds, double before, double after) {
    return collection(seconds, before, after, "G1Full", "Diagnostic Command");
  }

  private Recordings collection(
      double seconds, double before, double after, String name, String cause) {
    long at = nanos(seconds);
    heap.add(new HeapLook(at, false, nanos(before / 1e3), nanos(1)));
    heap.add(new HeapLook(at + 9_000_000, true, Math.round(after * MB), Math.round(500 * MB)));
    collections.add(new Collection(at, 10_000_000, name, cause, 10_000_000, 10_000_000));
    pauses.add(new Pause(at, 10_000_000, "GC Pause"));
    return this;
  }

  Recordings allocation(double seconds, double megabytes, String type, String thread, Trace at) {
    allocations.add(new Allocation(nanos(seconds), Math.round(megabytes * MB), type, thread, at));
    return this;
  }

  Recordings survivor(double bornAt, String type, Trace at, String... path) {
    oldObjects.add(
        new OldObject(
            type, nanos(60 - bornAt), 100, 0, List.of(path), "Threads, Stack Variable", at));
    return this;
  }

  HeapReport report() {
    return HeapReport.of(recording(), PARTIES);
  }

  Recording recording() {
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
        allocations,
        oldObjects,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        resident,
        nativeMemory,
        collections,
        new Collector("G1New", "G1Old", Math.round(maxMegabytes * MB)),
        List.of());
  }
}
