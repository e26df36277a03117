package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.HeapLook;
import dev.cubit.diagnose.recording.Recording.Resident;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** Puts the heap beside the process that it is part of. */
final class Footprints {
  private Footprints() {}

  static Footprint of(Recording recording) {
    List<Resident> resident =
        recording.resident().stream().sorted(Comparator.comparingLong(Resident::at)).toList();
    List<HeapLook> heap = recording.heap();
    OptionalDouble outside =
        resident.isEmpty() || heap.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(
                Math.max(0, resident.getLast().bytes() - heap.getLast().committedBytes()));
    double tracked = recording.nativeMemory().values().stream().mapToLong(v -> v).sum();
    return new Footprint(
        resident.stream().map(r -> Moment.at(r.at(), r.bytes())).toList(),
        heap.stream().map(h -> Moment.at(h.at(), h.committedBytes())).toList(),
        resident.stream().mapToLong(Resident::peakBytes).max().orElse(0),
        outside,
        recording.nativeMemory().entrySet().stream()
            .filter(e -> e.getValue() > 0)
            .map(e -> new ByType(e.getKey(), e.getValue(), e.getValue() / tracked))
            .sorted(Comparator.comparingDouble(ByType::bytes).reversed())
            .toList());
  }
}
