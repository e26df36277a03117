package dev.cubit.scale.clone;

import dev.cubit.scale.clone.CloneStatus.State;
import dev.cubit.scale.topology.Care;
import dev.cubit.scale.topology.ScaleException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one clone lives: a thread that keeps a process in it.
 *
 * <pre>
 *   bring --ready--> [a process runs] --it dies--> BACKING_OFF --pause over--> bring
 *     |                 |        |                     |   ^                     |
 *     |              replace    close             12th |   +-----not ready-------+
 *     |                 |        |                     v
 *     |   bring the new one,   retire               PARKED --replace--> bring
 *     |   then retire the old  the process, end
 *     +--not ready: the first time it goes the way of a death, or the place is given up
 * </pre>
 *
 * Its thread owns what is not marked otherwise. Old processes are retired by threads of their own,
 * so that a long drain keeps nobody from seeing that the new one has died.
 */
final class Place {
  private static final Duration TURN_LOOK = Duration.ofMillis(50);

  private final Ground ground;
  private final String service;
  private final Seat seat;
  private final Supplier<Care> care;
  private final PortChoice port;
  private final BackOff backOff;
  private final Orders orders = new Orders();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Map<CloneProcess, CompletableFuture<Void>> retiring = new ConcurrentHashMap<>();
  private Recipe recipe;
  private Optional<Long> dueNanos = Optional.empty();
  private int generation;

  // written by its thread, read by all
  private volatile @Nullable CloneProcess current;
  private volatile @Nullable CloneProcess coming;
  private volatile State without = State.STARTING;
  private volatile String why = "";
  private final AtomicInteger restarts = new AtomicInteger();
  private volatile OptionalInt lastExit = OptionalInt.empty();

  private volatile boolean closing;

  /** Which port a process of a recipe is told. */
  @FunctionalInterface
  interface PortChoice {
    int choose(Seat seat, Recipe recipe) throws ScaleException;
  }

  /**
   * With a first process still to be started.
   *
   * @param care may change while it lives
   */
  Place(
      Ground ground,
      String service,
      Seat seat,
      Recipe recipe,
      Supplier<Care> care,
      PortChoice port) {
    this.ground = ground;
    this.service = service;
    this.seat = seat;
    this.recipe = recipe;
    this.care = care;
    this.port = port;
    this.backOff = new BackOff(ground.patience(), new SplittableRandom());
  }

  /**
   * Starts its process.
   *
   * @param persistent whether it is tried again and again where the first time fails
   * @return completes when the process is ready, or has failed the first time
   */
  CompletableFuture<Void> begin(boolean persistent) {
    Thread.ofVirtual().name("clone-" + name()).start(() -> live(persistent));
    return begun;
  }

  /** Puts another process in the place of the one that runs, which stays where that fails. */
  CompletableFuture<Void> replace(Recipe next) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (!orders.add(new Order.Replace(next, done))) {
      done.completeExceptionally(isEnding());
    }
    return done;
  }

  /** Drains and ends its process, and all that is replaced just now. */
  CompletableFuture<Void> close() {
    closing = true;
    orders.add(new Order.Close());
    return ended;
  }

  private ScaleException isEnding() {
    return new ScaleException(name() + " is being ended");
  }

  private void live(boolean persistent) {
    try {
      if (beginsWell() || persistent) {
        Order order = orders.next(dueNanos);
        while (!(order instanceof Order.Close)) {
          try {
            follow(order);
          } catch (RuntimeException | Error e) {
            mend(order, e);
          }
          order = orders.next(dueNanos);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does
    } finally {
      finish();
    }
  }

  private boolean beginsWell() throws InterruptedException {
    try {
      current = bring(recipe);
      begun.complete(null);
      return true;
    } catch (NotReady e) {
      afterDeath(Duration.ZERO, name() + " " + e.sentence(), e.lastOutput());
      begun.completeExceptionally(new ScaleException(name() + " " + e.sentence(), e));
      return false;
    }
  }

  private void follow(@Nullable Order order) throws InterruptedException {
    switch (order) {
      case null -> restart();
      case Order.Replace(Recipe next, CompletableFuture<Void> done) -> replace(next, done);
      case Order.Died(CloneProcess process, int exitCode) -> {
        if (process == current) {
          died(process, exitCode);
        }
      }
      case Order.Lost(CloneProcess process) -> {
        if (process == current) {
          ground.events().tell(new FleetEvent.Recycling(process.self(), "it stays unhealthy"));
          replace(recipe, new CompletableFuture<>()); // where that fails it is asked for again
        }
      }
      case Order.Close close -> throw new IllegalStateException("followed before: " + close);
    }
  }

  /**
   * After a bug of ours: told, and where it has left no process, that is a death like another, so
   * that the place never stands still in silence.
   */
  private void mend(@Nullable Order order, Throwable bug) {
    String sentence = ScaleException.bug(bug);
    tellFailed(sentence, List.of());
    if (order instanceof Order.Replace(_, CompletableFuture<Void> done)) {
      done.completeExceptionally(new ScaleException(name() + " " + sentence));
    }
    CloneProcess process = current;
    if (process != null && process.state() == State.ENDED) {
      current = null;
    }
    if (current == null && dueNanos.isEmpty()) {
      afterDeath(Duration.ZERO, name() + " " + sentence, List.of());
    }
  }

  private void tellFailed(String sentence, List<String> lastOutput) {
    ground.events().tell(new FleetEvent.Failed(service, name(), sentence, lastOutput));
  }

  /**
   * Starts a process that takes requests when this returns. A bug of ours is one more reason why it
   * does not, and has the same consequences.
   */
  private CloneProcess bring(Recipe next) throws NotReady, InterruptedException {
    try {
      return start(next);
    } catch (RuntimeException | Error e) {
      NotReady bug = new NotReady(ScaleException.bug(e));
      tellFailed(bug.sentence(), List.of());
      throw bug;
    }
  }

  private CloneProcess start(Recipe next) throws NotReady, InterruptedException {
    while (!ground.starts().await(TURN_LOOK)) {
      if (isGivenUp()) {
        throw new NotReady("was given up before it was started");
      }
    }
    CloneProcess ready = null;
    try (StartTurns.Turn _ = ground.starts().begin()) {
      without = State.STARTING;
      CloneProcess process = CloneProcess.start(ground, next, plan(next));
      coming = process;
      ground.events().tell(new FleetEvent.Started(process.self()));
      process.awaitReady(care.get(), this::isGivenUp);
      admit(process);
      ready = process;
    } catch (NotReady e) {
      lastExit = e.exitCode().isPresent() ? e.exitCode() : lastExit;
      tellFailed(e.sentence(), e.lastOutput());
      throw e;
    } finally {
      if (ready == null && coming != null) {
        coming.discard(care.get().grace());
      }
      coming = null;
    }
    return ready;
  }

  private Clone plan(Recipe next) throws NotReady {
    try {
      int on = port.choose(seat, next);
      return new Clone(
          service,
          seat.version(),
          seat.partition(),
          seat.number(),
          generation++,
          0,
          "127.0.0.1",
          on);
    } catch (ScaleException e) {
      throw new NotReady(String.valueOf(e.getMessage()));
    }
  }

  private void admit(CloneProcess process) {
    why = "";
    process.admit();
    ground.events().tell(new FleetEvent.Ready(process.self(), process.readyAfter()));
    process.ended().thenAccept(exitCode -> orders.add(new Order.Died(process, exitCode)));
    HealthWatch.begin(
        process,
        ground.probe(),
        care,
        () -> orders.add(new Order.Lost(process)),
        bug -> tellFailed(bug, List.of()));
  }

  /** A process that nothing depends on is not waited for where something else is to be done. */
  private boolean isGivenUp() {
    return closing || (current == null && orders.hasReplace());
  }

  private void died(CloneProcess process, int exitCode) {
    Duration lived = process.lived();
    process.awaitOutput();
    List<String> lastOutput = process.lastOutput();
    ground.events().tell(new FleetEvent.Crashed(process.self(), exitCode, lived, lastOutput));
    lastExit = OptionalInt.of(exitCode);
    without = State.BACKING_OFF;
    current = null;
    process.discard(care.get().grace()); // what it has started may still live
    afterDeath(lived, name() + " ended with exit code " + exitCode, lastOutput);
  }

  private void afterDeath(Duration lived, String reason, List<String> lastOutput) {
    why = reason;
    Optional<Duration> pause = backOff.died(lived);
    if (pause.isPresent()) {
      without = State.BACKING_OFF;
      dueNanos = Optional.of(System.nanoTime() + pause.get().toNanos());
      ground.events().tell(new FleetEvent.BackingOff(service, name(), pause.get()));
    } else {
      without = State.PARKED;
      dueNanos = Optional.empty();
      ground.events().tell(new FleetEvent.Parked(service, name(), reason, lastOutput));
    }
  }

  private void restart() throws InterruptedException {
    dueNanos = Optional.empty();
    restarts.incrementAndGet();
    try {
      current = bring(recipe);
    } catch (NotReady e) {
      afterDeath(Duration.ZERO, name() + " " + e.sentence(), e.lastOutput());
    }
  }

  private void replace(Recipe next, CompletableFuture<Void> done) throws InterruptedException {
    State before = without;
    CloneProcess old = current;
    try {
      current = bring(next);
    } catch (NotReady e) {
      without = before;
      String stays = old == null ? "" : ", so the old one stays";
      done.completeExceptionally(
          new ScaleException("the new " + name() + " " + e.sentence() + stays, e));
      return;
    }
    recipe = next;
    dueNanos = Optional.empty();
    backOff.forget();
    if (old == null) {
      done.complete(null);
    } else {
      retire(old, done);
    }
  }

  private void retire(CloneProcess old, CompletableFuture<Void> done) {
    retiring.put(old, done);
    Thread.ofVirtual()
        .name("retire-" + name())
        .start(
            () -> {
              try {
                old.retire(care.get().grace());
              } finally {
                retiring.remove(old);
                done.complete(null);
              }
            });
  }

  private void finish() {
    List<Order> left = orders.end();
    CloneProcess last = current;
    if (last != null) {
      current = null;
      retire(last, new CompletableFuture<>());
    }
    without = State.ENDED;
    begun.completeExceptionally(isEnding()); // where it has not been completed
    for (Order order : left) {
      if (order instanceof Order.Replace(_, CompletableFuture<Void> done)) {
        done.completeExceptionally(isEnding());
      }
    }
    List.copyOf(retiring.values()).forEach(CompletableFuture::join);
    ended.complete(null);
  }

  String name() {
    return new Clone(service, seat.version(), seat.partition(), seat.number(), 0, 0, "", 0).name();
  }

  Seat seat() {
    return seat;
  }

  /** The process that takes requests. */
  Optional<CloneProcess> process() {
    return Optional.ofNullable(current);
  }

  /** All that there is of it: also what comes, and what goes. */
  List<CloneProcess> processes() {
    List<CloneProcess> all = new ArrayList<>(retiring.keySet());
    process().ifPresent(all::add);
    Optional.ofNullable(coming).ifPresent(all::add);
    return all;
  }

  /** A line for each process, or one where there is none. */
  List<CloneStatus> status() {
    List<CloneStatus> all =
        processes().stream().map(process -> process.status(restarts.get(), lastExit)).toList();
    return all.isEmpty() ? List.of(withoutProcess()) : all;
  }

  private CloneStatus withoutProcess() {
    return new CloneStatus(
        name(),
        service,
        seat.version(),
        seat.partition(),
        seat.number(),
        OptionalLong.empty(),
        OptionalInt.empty(),
        without,
        Optional.empty(),
        restarts.get(),
        0,
        0,
        0,
        lastExit,
        why);
  }
}
