package dev.cubit.scale.clone;

import dev.cubit.scale.clone.CloneStatus.State;
import dev.cubit.scale.topology.Care;
import dev.cubit.target.Child;
import dev.cubit.target.CpuLimit;
import dev.cubit.target.Leftovers;
import dev.cubit.target.ProcessId;
import dev.cubit.target.ProcessTable;
import dev.cubit.target.TargetException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * One process of a clone, from its start to its end.
 *
 * <pre>
 *   STARTING --ready, checked--> READY <--health--> UNHEALTHY
 *       |                          +--------+---------+
 *     discard                    retire    bury: it has died
 * </pre>
 */
final class CloneProcess {
  private static final int LINE_BYTES = 16 << 10;
  private static final long FIRST_LOOK_MILLIS = 5;
  private static final long LONGEST_LOOK_MILLIS = 100;
  private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

  private final Ground ground;
  private final Recipe recipe;
  private final Child child;
  private final Optional<CpuLimit> limit;
  private final CloneLog log;
  private final Instant started = Instant.now();
  private final long startedNanos = System.nanoTime();
  private final AtomicBoolean cleared = new AtomicBoolean();
  private volatile Clone clone;
  private volatile long readyNanos;
  private volatile State state = State.STARTING; // after admit, changed holding this
  private volatile String why = "";

  // by the sampler
  private long sampledCpu;
  private long sampledNanos = startedNanos;
  private volatile double cpuPercent;
  private volatile long rssBytes;
  private volatile List<ProcessId> seen = List.of();

  private CloneProcess(
      Ground ground,
      Recipe recipe,
      Child child,
      Optional<CpuLimit> limit,
      CloneLog log,
      Clone clone) {
    this.ground = ground;
    this.recipe = recipe;
    this.child = child;
    this.limit = limit;
    this.log = log;
    this.clone = clone;
  }

  /**
   * Starts it.
   *
   * @param plan what it is to be, but for its pid
   */
  static CloneProcess start(Ground ground, Recipe recipe, Clone plan) throws NotReady {
    Optional<CpuLimit> limit = Optional.empty();
    try {
      limit = limit(ground, recipe, plan);
      ProcessBuilder builder = new ProcessBuilder().directory(recipe.folder().toFile());
      Map<String, String> environment = builder.environment();
      environment.putAll(recipe.environmentOn(plan.port()));
      environment.put(ground.folder().mark().getKey(), ground.folder().mark().getValue());
      List<String> words = recipe.commandOn(plan.port());
      Optional<String> missing =
          Program.missing(words.getFirst(), recipe.folder(), environment.getOrDefault("PATH", ""));
      if (missing.isPresent()) {
        throw new NotReady("cannot start '" + words.getFirst() + "': " + missing.get());
      }
      builder.command(Program.inSession(limit.isPresent() ? limit.get().around(words) : words));
      CloneLog log = ground.logs().of(plan.service(), plan.name(), plan.fileName());
      Child child =
          Child.start(
              builder,
              LINE_BYTES,
              line -> log.write(LogLine.Source.OUT, line),
              line -> log.write(LogLine.Source.ERR, line));
      Clone clone = on(plan, child.pid(), plan.host());
      CloneProcess process = new CloneProcess(ground, recipe, child, limit, log, clone);
      try {
        ground.folder().started(plan.name(), child.id());
      } catch (IOException e) {
        process.discard(Duration.ZERO);
        throw new NotReady("cannot keep in the state file that it runs, so it does not: " + e);
      }
      return process;
    } catch (TargetException | NotReady e) {
      limit.ifPresent(l -> remove(ground, l));
      giveBack(ground, recipe, plan.port());
      throw e instanceof NotReady notReady
          ? notReady
          : new NotReady(Objects.toString(e.getMessage()));
    }
  }

  private static Clone on(Clone plan, long pid, String host) {
    return new Clone(
        plan.service(),
        plan.version(),
        plan.partition(),
        plan.number(),
        plan.generation(),
        pid,
        host,
        plan.port());
  }

  private static Optional<CpuLimit> limit(Ground ground, Recipe recipe, Clone plan)
      throws NotReady {
    if (recipe.cores().isEmpty()) {
      return Optional.empty();
    }
    String name = ProcessHandle.current().pid() + "-" + plan.fileName() + "-" + plan.generation();
    try {
      CpuLimit limit = CpuLimit.of(name, recipe.cores().getAsDouble());
      ground.folder().groupMade(limit.group());
      limit.make();
      return Optional.of(limit);
    } catch (IOException | TargetException | IllegalArgumentException e) {
      throw new NotReady(Objects.toString(e.getMessage()));
    }
  }

  private static void remove(Ground ground, CpuLimit limit) {
    try {
      limit.remove();
      ground.folder().groupRemoved(limit.group());
    } catch (IOException e) {
      // it stays in the state file: the next start removes it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns when it listens on its port, is healthy, and has passed its checks.
   *
   * @param isGivenUp whether nobody waits for it any more
   */
  void awaitReady(Care care, BooleanSupplier isGivenUp) throws NotReady, InterruptedException {
    long until = startedNanos + care.readyTimeout().toNanos();
    boolean listens = false;
    String missing = "";
    for (long look = FIRST_LOOK_MILLIS; ; look = Math.min(LONGEST_LOOK_MILLIS, look * 2)) {
      if (isGivenUp.getAsBoolean()) {
        throw notReady("was given up, as something else is to be done");
      }
      if (!child.isAlive()) {
        throw notReady(
            "ended with exit code "
                + child.ended().join()
                + " before it was ready on port "
                + clone.port()
                + " (it must stay in the foreground)");
      }
      listens = listens || listens();
      if (listens) {
        Optional<String> unwell =
            care.health().isPresent()
                ? ground.probe().health(clone.host(), clone.port(), care.health().get())
                : Optional.empty();
        if (unwell.isEmpty()) {
          break;
        }
        missing = unwell.get();
      }
      if (System.nanoTime() > until) {
        throw notReady(
            "was not ready within "
                + care.readyTimeout().toMillis() / 1e3
                + " s: "
                + (listens ? missing : notListening()));
      }
      child.ended().completeOnTimeout(0, look, TimeUnit.MILLISECONDS).join();
    }
    for (Care.Check check : care.checks()) {
      Optional<String> wrong = ground.probe().check(clone.host(), clone.port(), check);
      if (wrong.isPresent()) {
        throw notReady("did not pass a check: " + wrong.get());
      }
    }
  }

  private String notListening() {
    List<Integer> others = child.ports();
    return "it was told to listen on port "
        + clone.port()
        + (others.isEmpty()
            ? " and listens on none"
            : ", but listens on " + others + ": let it read PORT, or put {port} in its command");
  }

  /** Its own socket, not any that answers: on a shared port, others do. */
  private boolean listens() {
    List<String> addresses = new ArrayList<>(child.addressesOn(clone.port()));
    if (!addresses.isEmpty()) {
      addresses.add("::1"); // where it listens on all addresses, but for IPv6 only
    }
    for (String address : addresses) {
      if (accepts(address, clone.port())) {
        clone = on(clone, clone.pid(), address);
        return true;
      }
    }
    return false;
  }

  private static boolean accepts(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private NotReady notReady(String what) {
    OptionalInt exitCode = exitCode();
    if (exitCode.isPresent()) {
      awaitOutput();
    }
    return new NotReady(what, lastOutput(), exitCode);
  }

  /** It takes requests from now on. */
  synchronized void admit() {
    readyNanos = System.nanoTime();
    state = State.READY;
    ground.traffic().admit(clone);
    child.ended().thenRun(this::forget);
  }

  /** At once where it dies, whatever else is being done: nobody is to ask it any more. */
  private synchronized void forget() {
    if (state == State.READY || state == State.UNHEALTHY) {
      state = State.ENDED;
      ground.traffic().forget(clone);
    }
  }

  /** It gets no requests until it is healthy. */
  synchronized void suspend(String reason) {
    if (state == State.READY) {
      ground.traffic().suspend(clone); // first: where it fails, it is done again
      state = State.UNHEALTHY;
      why = reason;
      ground.events().tell(new FleetEvent.Unhealthy(clone, reason));
    }
  }

  /** It is healthy again. */
  synchronized void resume() {
    if (state == State.UNHEALTHY) {
      ground.traffic().resume(clone);
      state = State.READY;
      why = "";
      ground.events().tell(new FleetEvent.Healthy(clone));
    }
  }

  private synchronized boolean beginDraining() {
    if (state != State.READY && state != State.UNHEALTHY) {
      return false;
    }
    state = State.DRAINING;
    why = "";
    ground.events().tell(new FleetEvent.Draining(clone));
    return true;
  }

  /** Its last requests are answered, for at most the grace time; then it is ended. */
  void retire(Duration grace) {
    boolean drained = true;
    if (beginDraining()) {
      drained =
          ground
              .traffic()
              .drain(clone)
              .thenApply(v -> true)
              .completeOnTimeout(false, grace.toMillis(), TimeUnit.MILLISECONDS)
              .exceptionally(e -> false)
              .join();
      boolean gently = child.end(grace);
      ground.traffic().forget(clone);
      ground.events().tell(new FleetEvent.Ended(clone, drained, gently, exitCode()));
    }
    discard(grace);
  }

  /** Ends what is left of it. */
  void discard(Duration grace) {
    if (cleared.compareAndSet(false, true)) {
      try {
        forget(); // where it still takes requests: it had no time to drain
      } finally {
        child.end(grace);
        endUnmarked(grace);
        awaitOutput();
        state = State.ENDED;
        limit.ifPresent(l -> remove(ground, l));
        ground.folder().ended(child.id());
        giveBack(ground, recipe, clone.port());
      }
    }
  }

  /**
   * Children that have written their title over their environment, as nginx's and perl's do, have
   * no mark any more by which they are found once their parent is gone. Those of the last sample
   * are.
   */
  private void endUnmarked(Duration grace) {
    if (seen.stream().anyMatch(ProcessId::isAlive)) {
      Leftovers.end(seen, grace);
    }
  }

  private static void giveBack(Ground ground, Recipe recipe, int port) {
    if (!recipe.sharePort()) {
      ground.ports().giveBack(port);
    }
  }

  /** Looks at what it uses. Asked by one thread only. */
  void sample(ProcessTable table) {
    ProcessTable.Use use = table.use(child.id());
    long now = System.nanoTime();
    cpuPercent = 100.0 * Math.max(0, use.cpuNanos() - sampledCpu) / Math.max(1, now - sampledNanos);
    sampledCpu = use.cpuNanos();
    sampledNanos = now;
    rssBytes = use.rssBytes();
    if (!use.processes().isEmpty()) {
      seen = use.processes();
    }
  }

  CompletableFuture<Integer> ended() {
    return child.ended();
  }

  OptionalInt exitCode() {
    return child.isAlive() ? OptionalInt.empty() : OptionalInt.of(child.ended().join());
  }

  /** Its last lines, all of them where it has ended. */
  List<String> lastOutput() {
    return log.last(started);
  }

  /** Waits until what it wrote before its end was read. */
  void awaitOutput() {
    try {
      child.awaitOutput(LAST_OUTPUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Clone self() {
    return clone;
  }

  State state() {
    return state;
  }

  long rssBytes() {
    return rssBytes;
  }

  /** Since it takes requests; 0 before. */
  Duration lived() {
    return readyNanos == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - readyNanos);
  }

  Duration readyAfter() {
    return Duration.ofNanos(readyNanos - startedNanos);
  }

  CloneStatus status(int restarts, OptionalInt lastExit) {
    Clone of = clone;
    return new CloneStatus(
        of.name(),
        of.service(),
        of.version(),
        of.partition(),
        of.number(),
        OptionalLong.of(of.pid()),
        OptionalInt.of(of.port()),
        state,
        Optional.of(started),
        restarts,
        cpuPercent,
        rssBytes,
        seen.size(),
        lastExit,
        why);
  }
}
