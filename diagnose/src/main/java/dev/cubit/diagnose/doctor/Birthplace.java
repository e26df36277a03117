package dev.cubit.diagnose.doctor;

import dev.cubit.diagnose.heap.Allocating;
import dev.cubit.diagnose.heap.AllocationSite;
import dev.cubit.diagnose.heap.ByType;
import dev.cubit.diagnose.heap.Suspect;
import dev.cubit.diagnose.recording.Frame;
import java.util.List;
import java.util.Optional;

/**
 * Where what stays in the heap comes from. To record the stacks of survivors would cost the service
 * too much; those of some allocations are there in any case, and tell as much of a class that is
 * allocated at one place.
 *
 * @param type of what stays, as in source code
 * @param place the method, with its class and package; empty where it is not known
 * @param title what the stack is of
 * @param stack of one allocation, topmost first; empty with the place
 */
record Birthplace(String type, String place, String title, List<Frame> stack) {
  /** Of a class's bytes, from one place: then what stays is hardly from another. */
  private static final double NEARLY_ALL = 0.8;

  private static final int TYPES_TRIED = 3;

  static Birthplace of(Suspect suspect, Allocating allocating) {
    String first = suspect.types().getFirst();
    if (!suspect.stack().isEmpty()) {
      String title =
          suspect.samples()
              + " sampled survivors: "
              + String.join(", ", suspect.types())
              + (suspect.holder().isEmpty() ? "" : ", held by " + suspect.holder());
      return new Birthplace(first, suspect.place().name(), title, suspect.stack());
    }
    return suspect.types().stream()
        .limit(TYPES_TRIED)
        .flatMap(type -> ofAllocations(type, allocating).stream())
        .findFirst()
        .orElseGet(() -> new Birthplace(first, "", "", List.of()));
  }

  private static Optional<Birthplace> ofAllocations(String type, Allocating allocating) {
    double all = bytes(allocating.types(), type);
    return allocating.sites().stream()
        .filter(site -> all > 0 && bytes(site.types(), type) >= NEARLY_ALL * all)
        .findFirst()
        .map(site -> of(type, site));
  }

  private static Birthplace of(String type, AllocationSite site) {
    return new Birthplace(
        type, site.place().name(), "where " + type + " is allocated, which stays", site.stack());
  }

  private static double bytes(List<ByType> types, String type) {
    return types.stream().filter(t -> t.type().equals(type)).mapToDouble(ByType::bytes).sum();
  }

  /** The end of a sentence on what has grown. */
  String words() {
    return place.isEmpty()
        ? ", mostly " + type
        : ", among it " + type + ", allocated in " + Words.brief(place);
  }
}
