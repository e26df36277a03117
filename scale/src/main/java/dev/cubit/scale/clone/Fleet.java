package dev.cubit.scale.clone;

import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;
import dev.cubit.target.ProcessTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the processes of a topology: as many equal ones of each version in each partition of each
 * service as it has clones. Operations come back at once; their futures complete when they are
 * done, or exceptionally with a {@link ScaleException}, whose sentence says why not.
 *
 * <pre>
 *   Fleet --one a service--> Crew --one a clone--> Place --one after the other--> CloneProcess
 *   operations, the sampler  rosters, one          a thread: restarts,            start, ready,
 *                            operation at a time   back-off, replacing            drain, end
 * </pre>
 *
 * <p>A command must stay in the foreground: a clone has ended when the process of its command has,
 * and what that has left behind is ended then. It is not in Cubit's process group, so Ctrl-C in a
 * terminal does not reach it. When this JVM shuts down, all clones are drained and ended first.
 */
public final class Fleet implements AutoCloseable {
  private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(5);

  private final Ground ground;
  private final int leftovers;
  private final Thread sampler;
  private final Thread hook = new Thread(this::end, "end-clones");
  private final Map<String, Crew> crews = new LinkedHashMap<>(); // guarded by itself
  private final Map<Crew, CompletableFuture<Void>> leaving = new ConcurrentHashMap<>();
  private @Nullable CompletableFuture<Void> ended; // guarded by crews

  private Fleet(Ground ground, int leftovers) {
    this.ground = ground;
    this.leftovers = leftovers;
    this.sampler = Thread.ofPlatform().daemon().name("fleet-sampler").unstarted(this::sample);
  }

  /**
   * Takes a folder for what runs (its state and its logs), and ends what an earlier fleet in that
   * folder has left, because it was killed.
   *
   * @param traffic is told which clones take requests
   * @param listener gets all events, one after the other
   * @throws ScaleException where another fleet runs in that folder
   */
  public static Fleet open(
      Path folder, Traffic traffic, Consumer<FleetEvent> listener, Patience patience)
      throws ScaleException, InterruptedException {
    UpFolder taken = UpFolder.take(folder.toAbsolutePath());
    int leftovers;
    try {
      leftovers = taken.endLeftovers(LEFTOVER_GRACE);
    } catch (ScaleException e) {
      taken.letGo();
      throw e;
    }
    Ground ground =
        new Ground(
            taken,
            traffic,
            new Events<>("fleet-events", listener),
            new Ports(),
            new StartTurns(Runtime.getRuntime().availableProcessors()),
            new Probe(),
            new Logs(taken.logs()),
            patience);
    Fleet fleet = new Fleet(ground, leftovers);
    Runtime.getRuntime().addShutdownHook(fleet.hook);
    fleet.sampler.start();
    return fleet;
  }

  /** How many processes an earlier fleet had left, which were ended. */
  public int leftovers() {
    return leftovers;
  }

  /**
   * Makes the running system as that topology has it: begins and ends services, and replaces those
   * clones that would be started otherwise now. A service that cannot be changed stays as it was,
   * while the others go on; one that is new is tried again and again.
   */
  public CompletableFuture<Void> apply(Topology topology) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    synchronized (crews) {
      if (ended != null) {
        return CompletableFuture.failedFuture(new ScaleException("the system is being ended"));
      }
      for (String name : List.copyOf(crews.keySet())) {
        if (topology.service(name).isEmpty()) {
          all.add(end(name));
        }
      }
      for (ServicePlan plan : topology.services()) {
        all.add(crews.computeIfAbsent(plan.name(), n -> new Crew(ground, plan)).apply(plan));
      }
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .handle((done, failure) -> failures(all))
        .thenCompose(
            sentences ->
                sentences.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(
                        new ScaleException(String.join("; ", sentences))));
  }

  /**
   * Makes one service, that is there, as that plan has it. Where that cannot be it stays as it was.
   *
   * @param what it is called while others wait for it
   * @param changeOver how requests come to go by it, in the place of {@link Traffic#changeOver}
   */
  public CompletableFuture<Void> apply(ServicePlan plan, String what, ChangeOver changeOver) {
    return on(plan.name(), crew -> crew.apply(plan, what, changeOver));
  }

  /** The name and value of a variable by which the next start finds what a killed one has left. */
  public Map.Entry<String, String> mark() {
    return ground.folder().mark();
  }

  private CompletableFuture<Void> end(String name) {
    Crew crew = Objects.requireNonNull(crews.remove(name));
    List<String> clones = crew.names();
    CompletableFuture<Void> gone =
        crew.close().thenRun(() -> clones.forEach(ground.logs()::forget));
    leaving.put(crew, gone);
    gone.thenRun(() -> leaving.remove(crew));
    return gone;
  }

  private static List<String> failures(List<CompletableFuture<Void>> all) {
    return all.stream()
        .filter(CompletableFuture::isCompletedExceptionally)
        .map(CompletableFuture::exceptionNow)
        .map(ScaleException::sentence)
        .toList();
  }

  /**
   * Replaces all clones of a service by new ones of the same kind, one by one: the new one takes
   * requests before the old one is drained and ended. Where one does not get ready, the old one
   * stays and the rest is left as it is. Parked clones are started again.
   */
  public CompletableFuture<Void> reload(String service) {
    return on(service, Crew::reload);
  }

  /** Changes how many clones each version has in each partition, at least 1. */
  public CompletableFuture<Void> clones(String service, int clones) {
    return on(service, crew -> crew.clones(clones));
  }

  /** Makes one version the only one: the clones of the others are drained and ended. */
  public CompletableFuture<Void> promote(String service, String version) {
    return on(service, crew -> crew.promote(version));
  }

  /**
   * Undoes the last {@link #promote}: the clones that it ended are started again. Where there was
   * none, the first version of the plan becomes the only one.
   */
  public CompletableFuture<Void> rollback(String service) {
    return on(service, Crew::rollback);
  }

  /** What is asked of a crew. */
  @FunctionalInterface
  private interface Asked {
    CompletableFuture<Void> of(Crew crew);
  }

  private CompletableFuture<Void> on(String service, Asked asked) {
    synchronized (crews) {
      Crew crew = crews.get(service);
      return crew == null
          ? CompletableFuture.failedFuture(
              new ScaleException(
                  "there is no service '"
                      + service
                      + "'; there are: "
                      + String.join(", ", crews.keySet())))
          : asked.of(crew);
    }
  }

  private List<Crew> crews() {
    synchronized (crews) {
      return List.copyOf(crews.values());
    }
  }

  /** All clones, by service in the order of the file, then by version, partition and number. */
  public List<CloneStatus> snapshot() {
    return crews().stream().flatMap(crew -> crew.status().stream()).toList();
  }

  /** The versions of a service that have clones; none where there is no such service. */
  public List<String> versions(String service) {
    synchronized (crews) {
      Crew crew = crews.get(service);
      return crew == null ? List.of() : crew.versions();
    }
  }

  /** The recent lines of all clones of a service, by time; 500 of each at most. */
  public List<LogLine> recent(String service) {
    synchronized (crews) {
      Crew crew = crews.get(service);
      return crew == null
          ? List.of()
          : crew.names().stream()
              .flatMap(name -> ground.logs().recent(name).stream())
              .sorted(Comparator.comparing(LogLine::at))
              .toList();
    }
  }

  /** Completes when the listener has heard of all that has happened until now. */
  public CompletableFuture<Void> told() {
    return ground.events().told();
  }

  /** Hears every line of every clone from now on. */
  public LogFollower follow() {
    return ground.logs().follow();
  }

  private void sample() {
    try {
      Rounds rounds = new Rounds(this::tellOfSampler);
      while (true) {
        rounds.go(
            () -> {
              Thread.sleep(ground.patience().sampling());
              ProcessTable table = ProcessTable.now();
              crews().forEach(crew -> crew.sample(table));
            });
      }
    } catch (InterruptedException e) {
      // the fleet ends
    }
  }

  private void tellOfSampler(String bug) {
    String name = "what measures the CPU and memory of clones";
    ground.events().tell(new FleetEvent.Failed("", name, bug, List.of()));
  }

  /**
   * Takes no more requests, drains all clones at once and ends them: SIGTERM when the last request
   * is answered or the grace time is over, SIGKILL after another. Returns when no process is left.
   */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // it is running
    }
  }

  private void end() {
    CompletableFuture<Void> done;
    boolean first;
    synchronized (crews) {
      first = ended == null;
      done = first ? new CompletableFuture<>() : Objects.requireNonNull(ended);
      ended = done;
    }
    if (first) {
      try {
        endAll();
      } finally {
        done.complete(null);
      }
    }
    done.join();
  }

  private void endAll() {
    ground.traffic().end();
    sampler.interrupt();
    List<CompletableFuture<Void>> all = crews().stream().map(Crew::close).toList();
    all.forEach(CompletableFuture::join);
    leaving.values().forEach(CompletableFuture::join);
    ground.probe().close();
    ground.logs().close();
    ground.events().close();
    ground.folder().close();
  }
}
