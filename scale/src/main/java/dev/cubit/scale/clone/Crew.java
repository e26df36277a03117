package dev.cubit.scale.clone;

import dev.cubit.scale.topology.Care;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Version;
import dev.cubit.target.ProcessTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The clones of one service. One operation is done at a time, by one thread; the next waits. What
 * cannot be done is undone.
 */
final class Crew {
  private final Ground ground;
  private final String service;
  private final ExecutorService operations;
  private final AtomicInteger asked = new AtomicInteger();

  /** In the order of the roster's names; changed by the operations' thread. */
  private final Map<Seat, Place> places =
      new ConcurrentSkipListMap<>(
          Comparator.comparing(Seat::version)
              .thenComparing(Seat::partition)
              .thenComparingInt(Seat::number));

  private final Recycling recycling;
  private final Map<String, Integer> sharedPorts = new HashMap<>(); // guarded by itself

  // owned by the operations' thread
  private Roster roster = Roster.empty();
  private int clones;
  private Optional<String> only = Optional.empty();
  private final Deque<Optional<String>> promotedBefore = new ArrayDeque<>();

  private volatile ServicePlan plan;
  private volatile boolean closing;

  Crew(Ground ground, ServicePlan plan) {
    this.ground = ground;
    this.service = plan.name();
    this.plan = plan;
    this.operations =
        Executors.newSingleThreadExecutor(Thread.ofVirtual().name("crew-" + service).factory());
    this.recycling = new Recycling(ground, service);
  }

  /** Something to be done on all clones of the service. */
  @FunctionalInterface
  private interface Operation {
    void run() throws ScaleException;
  }

  private CompletableFuture<Void> operate(String what, Operation operation) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (closing) {
      done.completeExceptionally(new ScaleException(service + " is being ended"));
      return done;
    }
    if (asked.getAndIncrement() > 0) {
      ground.events().tell(new FleetEvent.Queued(service, what));
    }
    operations.execute(
        () -> {
          ground.events().tell(new FleetEvent.Begun(service, what));
          try {
            operation.run();
            ground.events().tell(new FleetEvent.Done(service, what));
            done.complete(null);
          } catch (ScaleException e) {
            String why = String.valueOf(e.getMessage());
            ground.events().tell(new FleetEvent.Undone(service, what, why));
            done.completeExceptionally(e);
          } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
            throw e;
          } finally {
            asked.decrementAndGet();
          }
        });
    return done;
  }

  /**
   * Makes it as that plan has it. What was said by hand (how many clones, which version) stays
   * where the plan has not changed in it.
   */
  CompletableFuture<Void> apply(ServicePlan next) {
    return apply(next, "apply", () -> ground.traffic().changeOver(next));
  }

  /** Likewise, but requests come to go by it in that way. */
  CompletableFuture<Void> apply(ServicePlan next, String what, ChangeOver changeOver) {
    return operate(
        what,
        () -> {
          requirePossible(next);
          ServicePlan before = plan;
          boolean first = roster.recipes().isEmpty();
          int wanted = first || next.clones() != before.clones() ? next.clones() : clones;
          boolean sameVersions = names(next).equals(names(before));
          plan = next; // care holds at once, also for the processes that stay
          Optional<String> alone = sameVersions ? only : Optional.empty();
          try {
            become(Roster.of(next, wanted, alone), first, changeOver, () -> plan = before);
          } catch (ScaleException e) {
            if (first) {
              clones = wanted; // those that have failed are tried again
            }
            throw e;
          }
          clones = wanted;
          if (!sameVersions) {
            only = Optional.empty();
            promotedBefore.clear();
          }
        });
  }

  private static void requirePossible(ServicePlan plan) throws ScaleException {
    Care care = plan.care();
    if (care.sharePort() && (care.health().isPresent() || !care.checks().isEmpty())) {
      throw new ScaleException(
          "the service '"
              + plan.name()
              + "' shares one port, so the kernel decides which clone answers, and none can be"
              + " asked for its health or for checks: take out 'share: port', or those");
    }
    Set<String> ports = new HashSet<>();
    for (Recipe recipe : Roster.of(plan, 1, Optional.empty()).recipes().values()) {
      String told = recipe.environment().get("PORT");
      if (care.sharePort() && told != null && !ports.add(told)) {
        throw new ScaleException(
            "versions or partitions of '"
                + plan.name()
                + "' would share the port "
                + told
                + ", so the kernel would mix them: take PORT out of 'env'");
      }
    }
  }

  private void requireStarted() throws ScaleException {
    if (names(plan).isEmpty()) {
      throw new ScaleException(
          "the service '" + service + "' runs elsewhere: none of its clones are Cubit's");
    }
  }

  private static List<String> names(ServicePlan plan) {
    return Roster.versions(plan).stream().map(Version::name).toList();
  }

  /** Replaces all clones by the same, one by one. */
  CompletableFuture<Void> reload() {
    return operate(
        "reload",
        () -> {
          requireStarted();
          for (Map.Entry<Seat, Recipe> entry : roster.recipes().entrySet()) {
            await(place(entry.getKey()).replace(entry.getValue()));
          }
        });
  }

  /** More or fewer of them. */
  CompletableFuture<Void> clones(int wanted) {
    return operate(
        "clones " + wanted,
        () -> {
          requireStarted();
          if (wanted < 1) {
            throw new ScaleException("a service has at least one clone, not " + wanted);
          }
          become(Roster.of(plan, wanted, only));
          clones = wanted;
        });
  }

  /** One version becomes the only one. */
  CompletableFuture<Void> promote(String version) {
    return operate(
        "promote " + version,
        () -> {
          if (!names(plan).contains(version)) {
            throw new ScaleException(
                "the service '"
                    + service
                    + "' has no version '"
                    + version
                    + "'; it has "
                    + String.join(", ", names(plan)));
          }
          Optional<String> before = only;
          become(Roster.of(plan, clones, Optional.of(version)));
          only = Optional.of(version);
          promotedBefore.push(before);
        });
  }

  /** Back to before the last promotion; without one, to the first version. */
  CompletableFuture<Void> rollback() {
    return operate(
        "rollback",
        () -> {
          boolean promoted = !promotedBefore.isEmpty();
          if (!promoted && (names(plan).size() < 2 || only.isPresent())) {
            throw new ScaleException(
                "the service '" + service + "' has no other version to roll back to");
          }
          Optional<String> to =
              promoted ? promotedBefore.peek() : Optional.of(names(plan).getFirst());
          become(Roster.of(plan, clones, to));
          only = to;
          if (promoted) {
            promotedBefore.pop();
          }
        });
  }

  /** Makes it as the roster has it, of the same plan. */
  private void become(Roster next) throws ScaleException {
    become(next, false, () -> {}, () -> {});
  }

  /**
   * Makes it as the roster has it: begins, replaces, changes over, then ends.
   *
   * @param first whether those that fail at their start are kept, and tried again
   * @param changeOver what is done when all that is new is ready
   * @param undo what else is to be as before, where it cannot be done
   */
  private void become(Roster next, boolean first, ChangeOver changeOver, Runnable undo)
      throws ScaleException {
    Roster.Changes changes = next.since(roster);
    List<Seat> replaced = new ArrayList<>();
    Optional<ScaleException> failed = begin(changes.begin(), next, first);
    try {
      if (failed.isPresent() && !first) {
        throw failed.get();
      }
      for (Seat seat : changes.replace()) {
        await(place(seat).replace(next.recipe(seat)));
        replaced.add(seat);
      }
      if (closing) {
        throw new ScaleException(service + " is being ended");
      }
      if (failed.isEmpty()) {
        changeOver.run();
      }
    } catch (ScaleException e) {
      undo.run();
      end(changes.begin());
      replaced.forEach(this::putBack);
      throw e;
    }
    end(changes.end());
    roster = next;
    if (failed.isPresent()) {
      throw failed.get();
    }
  }

  /** As it was before. Where that fails as well, the events tell it, and the new one stays. */
  private void putBack(Seat seat) {
    try {
      await(place(seat).replace(roster.recipe(seat)));
    } catch (ScaleException e) {
      ground
          .events()
          .tell(new FleetEvent.Undone(service, "put back", String.valueOf(e.getMessage())));
    }
  }

  private Optional<ScaleException> begin(List<Seat> seats, Roster next, boolean first) {
    List<CompletableFuture<Void>> begun = new ArrayList<>();
    synchronized (places) {
      for (Seat seat : closing ? List.<Seat>of() : seats) {
        Place place =
            new Place(ground, service, seat, next.recipe(seat), () -> plan.care(), this::port);
        places.put(seat, place);
        begun.add(place.begin(first));
      }
    }
    Optional<ScaleException> failed = Optional.empty();
    for (CompletableFuture<Void> one : begun) {
      try {
        await(one);
      } catch (ScaleException e) {
        failed = failed.or(() -> Optional.of(e));
      }
    }
    return failed;
  }

  private void end(List<Seat> seats) {
    List<CompletableFuture<Void>> ended =
        seats.stream()
            .flatMap(seat -> Optional.ofNullable(places.get(seat)).stream())
            .map(Place::close)
            .toList();
    ended.forEach(CompletableFuture::join);
    for (Seat seat : seats) {
      Place place = places.remove(seat);
      if (place != null) {
        ground.logs().forget(place.name());
      }
    }
  }

  private Place place(Seat seat) {
    return Objects.requireNonNull(places.get(seat));
  }

  private static void await(CompletableFuture<Void> done) throws ScaleException {
    try {
      done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ScaleException sentence) {
        throw sentence;
      }
      throw e;
    }
  }

  /** A new one for each process, or one for all of a version and partition where they share it. */
  private int port(Seat seat, Recipe recipe) throws ScaleException {
    if (!recipe.sharePort()) {
      return ground.ports().take();
    }
    String told = recipe.environment().get("PORT");
    if (told != null) {
      return Integer.parseInt(told.replace("_", ""));
    }
    synchronized (sharedPorts) {
      String group = seat.version() + "/" + seat.partition();
      Integer port = sharedPorts.get(group);
      if (port == null) {
        port = ground.ports().take();
        sharedPorts.put(group, port);
      }
      return port;
    }
  }

  /** Looks at what its processes use, and replaces one that has reached a bound. */
  void sample(ProcessTable table) {
    List<Place> all = List.copyOf(places.values());
    all.forEach(place -> place.processes().forEach(process -> process.sample(table)));
    if (asked.get() == 0 && !closing) {
      recycling
          .next(all, plan.care())
          .ifPresent(
              place ->
                  operate(
                      "recycle " + place.name(),
                      () -> {
                        Recipe recipe = roster.recipes().get(place.seat());
                        if (recipe != null) {
                          await(place.replace(recipe));
                        }
                      }));
    }
  }

  List<CloneStatus> status() {
    return places.values().stream().flatMap(place -> place.status().stream()).toList();
  }

  List<String> names() {
    return places.values().stream().map(Place::name).toList();
  }

  /** Versions whose clones there are. */
  List<String> versions() {
    return places.keySet().stream().map(Seat::version).distinct().toList();
  }

  /** Ends all, whatever is being done to them. */
  CompletableFuture<Void> close() {
    List<CompletableFuture<Void>> ended;
    synchronized (places) {
      closing = true;
      ended = places.values().stream().map(Place::close).toList();
    }
    operations.shutdown();
    return CompletableFuture.allOf(ended.toArray(CompletableFuture[]::new))
        .thenRunAsync(operations::close) // what was being done fails, and says so
        .thenRun(this::giveBackPorts);
  }

  private void giveBackPorts() {
    synchronized (sharedPorts) {
      sharedPorts.values().forEach(ground.ports()::giveBack);
      sharedPorts.clear();
    }
  }
}
