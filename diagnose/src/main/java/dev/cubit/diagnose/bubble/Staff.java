package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.bubble.Place.Group;
import dev.cubit.diagnose.recording.Recording.CpuSample;
import dev.cubit.diagnose.recording.Recording.Wait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The threads that serve requests, and how much of the time each was free; for one thread. */
final class Staff {
  /** From here on nobody is free when a request comes. */
  private static final double BUSY = 0.7;

  private static final class Worker {
    final String name;
    final Map<Group, Double> did = new HashMap<>();
    double free;
    boolean pooled;
    boolean serves;
    boolean loop;

    Worker(String name) {
      this.name = name;
    }

    double busy() {
      return did.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** A pool's worker says when it is free; an event loop does not, but its waits are few. */
    double busyShare(double length) {
      double share = pooled && free > 0 ? 1 - free / length : busy() / length;
      return Math.clamp(share, 0, 1);
    }
  }

  private final double seconds;
  private final Map<Long, Worker> workers = new HashMap<>();

  /**
   * @param seconds of the recording
   */
  Staff(double seconds) {
    this.seconds = seconds;
  }

  void waits(Wait wait, Place place, Group group) {
    add(wait.threadId(), wait.thread(), place, group, wait.nanos() / 1e9);
  }

  void runs(CpuSample sample, Place place, Group group) {
    if (!sample.thread().equals("virtual threads")) {
      add(sample.threadId(), sample.thread(), place, group, sample.weightNanos() / 1e9);
    }
  }

  private void add(long id, String name, Place place, Group group, double took) {
    if (id == 0) {
      return;
    }
    Worker worker = workers.computeIfAbsent(id, i -> new Worker(name));
    if (place.isIdle()) {
      worker.free += took;
      worker.pooled = true;
      return;
    }
    worker.did.merge(group, took, Double::sum);
    worker.serves |= place.sight().application().isPresent() && place.sight().serves();
    worker.loop |= place.sight().eventLoop();
  }

  /**
   * Those who were hardly ever free.
   *
   * @param did what they did, in shares of the time that they were busy
   */
  record Full(Queue queue, Map<Group, Double> did) {}

  /** Those who were hardly ever free, where they did most of the work. */
  Optional<Full> full() {
    List<Worker> serving = workers.values().stream().filter(w -> w.serves).toList();
    List<Worker> full =
        serving.stream()
            .filter(w -> w.busyShare(seconds) >= BUSY)
            .sorted(Comparator.comparing(w -> w.name))
            .toList();
    double all = serving.stream().mapToDouble(Worker::busy).sum();
    double theirs = full.stream().mapToDouble(Worker::busy).sum();
    if (full.isEmpty() || theirs < BUSY * all) {
      return Optional.empty();
    }
    Map<Group, Double> did = new HashMap<>();
    full.forEach(w -> w.did.forEach((group, took) -> did.merge(group, took / theirs, Double::sum)));
    return Optional.of(
        new Full(
            new Queue(
                full.size(),
                names(full.stream().map(w -> w.name).toList()),
                full.stream().mapToDouble(w -> w.busyShare(seconds)).average().orElse(0),
                full.stream().allMatch(w -> w.loop)),
            did));
  }

  /** What the names begin with; of one, the name. */
  private static String names(List<String> names) {
    List<String> all = new ArrayList<>(names);
    String first = all.getFirst();
    if (all.size() == 1) {
      return first;
    }
    int same = first.length();
    for (String name : all) {
      while (!name.startsWith(first.substring(0, same))) {
        same--;
      }
    }
    return same == 0 ? first + " …" : first.substring(0, same) + "*";
  }
}
