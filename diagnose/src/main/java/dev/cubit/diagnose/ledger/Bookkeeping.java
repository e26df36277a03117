package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.ledger.Ledger.Part;
import dev.cubit.diagnose.recording.Parties;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the ledger: what was seen of threads first, then what is left of the requests in flight.
 */
public final class Bookkeeping {
  /**
   * From here on most work finds a worker taken: at 0.7, of one worker, it does so 7 times in 10.
   */
  private static final double QUEUEING = 0.7;

  private static final double MACHINE_BUSY = 0.85;
  private static final double AT_WORK = 0.35;

  private final Map<Item, Double> requests = new EnumMap<>(Item.class);
  private final Optional<Traffic> traffic;
  private final MachineUse use;
  private final List<Waiters> waiters;
  private final List<Workers> workers;

  private Bookkeeping(
      Optional<Traffic> traffic, MachineUse use, List<Waiters> waiters, List<Workers> workers) {
    this.traffic = traffic;
    this.use = use;
    this.waiters = waiters;
    this.workers = workers;
  }

  /**
   * The ledger of a load.
   *
   * @param stopped share of the time that the collector had stopped all threads, 0 to 1
   * @param halted likewise, that the JVM had for anything else
   * @param stalled threads that waited for memory, in the mean
   * @param diskCores CPU time a second in methods of files: not waiting
   */
  public static Ledger of(
      Optional<Traffic> traffic,
      List<Look> idle,
      List<Look> loaded,
      MachineUse use,
      Parties parties,
      double stopped,
      double halted,
      double stalled,
      double diskCores) {
    List<Waiters> waiters = InFlight.of(idle, loaded, parties);
    List<Workers> workers = WorkersSeen.of(idle, loaded, use, parties);
    Bookkeeping books = new Bookkeeping(traffic, use, waiters, workers);
    books.threads(stopped + halted, stalled, diskCores);
    books.rest(stopped, halted, connections(loaded));
    return books.ledger();
  }

  /** A ledger without looks: of the waits that a recording has. */
  public static Ledger ofWaits(List<Waiters> waiters, double cpu, double stopped, double stalled) {
    MachineUse none = new MachineUse(1, 1, -1, 0, cpu, 0, 0, 0, List.of());
    Bookkeeping books = new Bookkeeping(Optional.empty(), none, waiters, List.of());
    books.threads(stopped, stalled, 0);
    books.rest(stopped, 0, 0);
    return books.ledger();
  }

  /** Connections to the one address to which there are most, in the mean. */
  private static double connections(List<Look> looks) {
    return looks.stream()
        .mapToInt(l -> l.connections().values().stream().mapToInt(Integer::intValue).sum())
        .average()
        .orElse(0);
  }

  private void threads(double stopped, double stalled, double diskCores) {
    put(Item.CPU, use.javaCores());
    put(Item.READY, use.javaReady());
    for (Waiters group : waiters) {
      requests.merge(
          Item.of(group.activity()), group.threads() * Math.max(0, 1 - stopped), Double::sum);
    }
    requests.computeIfPresent(Item.DISK, (i, threads) -> Math.max(0, threads - diskCores));
    put(Item.STALL, stalled);
  }

  private void rest(double stopped, double halted, double connections) {
    double seen = sum();
    double inFlight = traffic.map(Traffic::inFlight).orElse(seen / Math.max(0.01, 1 - stopped));
    put(Item.GC, inFlight * stopped);
    put(Item.SAFEPOINT, inFlight * halted);
    giveBack(sum() - inFlight);
    double left = inFlight - sum();
    left -= putAtMost(Item.GENERATOR, generatorBusy(), left);
    if (left <= 0) {
      return;
    }
    Optional<Item> queue = queueBeforeWorkers();
    if (queue.isPresent()) {
      requests.merge(queue.get(), left, Double::sum);
      return;
    }
    double running = sum(Item.CPU) + sum(Item.READY);
    if (connections >= 0.5 && left >= 0.5 * inFlight && running < 0.25 * left) {
      // no thread waits: requests that are sent on and answered by callbacks
      left -= putAtMost(Item.NETWORK, connections, left);
    } else if (isMachineFull()) {
      left -= putAtMost(Item.CPU_QUEUE, left, left);
    }
    put(Item.UNEXPLAINED, left);
  }

  /** A thread that waits for the result of another stands for the same request as that one. */
  private void giveBack(double excess) {
    if (excess > 0 && traffic.isPresent()) {
      requests.computeIfPresent(Item.RESULT, (i, threads) -> Math.max(0, threads - excess));
    }
  }

  private double generatorBusy() {
    return traffic
        .map(t -> Math.min(t.generatorCores() + t.generatorReady(), t.generatorThreads()))
        .orElse(0.0);
  }

  /**
   * What requests wait for that no thread has taken: by exclusion, they are in sockets and queues
   * before what is busiest.
   */
  private Optional<Item> queueBeforeWorkers() {
    double generator = traffic.map(Traffic::generatorBusy).orElse(0.0);
    Optional<Workers> busiest = workers.stream().filter(w -> w.busy() >= QUEUEING).findFirst();
    if (busiest.isPresent() && busiest.get().busy() >= generator) {
      return Optional.of(busiest.get().loop() ? Item.LOOP_QUEUE : Item.POOL_QUEUE);
    }
    return generator >= QUEUEING ? Optional.of(Item.GENERATOR) : Optional.empty();
  }

  /** A full machine makes a queue only before threads that have work. */
  private boolean isMachineFull() {
    double most = workers.isEmpty() ? 1 : workers.getFirst().busy();
    return (use.busy() >= MACHINE_BUSY || use.throttledPeriods() >= 0.05) && most >= AT_WORK;
  }

  private double putAtMost(Item item, double wanted, double left) {
    double given = Math.clamp(wanted, 0, Math.max(0, left));
    requests.merge(item, given, Double::sum);
    return given;
  }

  private void put(Item item, double value) {
    if (value > 0) {
      requests.merge(item, value, Double::sum);
    }
  }

  private double sum(Item item) {
    return requests.getOrDefault(item, 0.0);
  }

  private double sum() {
    return requests.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private Ledger ledger() {
    List<Part> parts = new ArrayList<>();
    requests.forEach(
        (item, value) -> {
          List<Waiters> of = waiters.stream().filter(w -> Item.of(w.activity()) == item).toList();
          // a wait that stands for no request of its own may still keep a carrier from others
          if (value > 0 || of.stream().anyMatch(w -> w.pinned() > 0)) {
            parts.add(new Part(item, value, of));
          }
        });
    parts.sort(Comparator.comparingDouble(Part::requests).reversed());
    return new Ledger(
        traffic.map(Traffic::inFlight).orElse(sum()), traffic.isPresent(), parts, workers);
  }
}
