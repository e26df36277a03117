package dev.cubit.scale.clone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.scale.topology.Balancing;
import dev.cubit.scale.topology.Care;
import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.Origin;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.Route;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;
import dev.cubit.scale.topology.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A fleet of small perl servers with a real balancer before it, in a hurry. */
final class Running implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(60);

  /** Deaths follow soon on each other, and a clone that has lived for a moment has settled. */
  static final Patience HURRY =
      new Patience(
          Duration.ofMillis(5),
          Duration.ofMillis(20),
          Duration.ofMillis(300),
          4,
          Duration.ofMillis(50));

  final Balancer balancer = new Balancer();
  final List<FleetEvent> events = new CopyOnWriteArrayList<>();
  final Fleet fleet;

  Running(Path folder) throws Exception {
    fleet = Fleet.open(folder, balancer, events::add, HURRY);
  }

  static Path script() {
    try {
      return Path.of(Objects.requireNonNull(Running.class.getResource("/server.pl")).toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> command(String... words) {
    List<String> command = new ArrayList<>(List.of("perl", script().toString()));
    command.addAll(List.of(words));
    return command;
  }

  static Version version(String name, Map<String, String> environment, String... words) {
    return new Version(name, command(words), environment, 1, Optional.empty());
  }

  static Care care(
      Optional<Care.Health> health,
      List<Care.Check> checks,
      OptionalLong memory,
      OptionalLong requests,
      OptionalDouble cores,
      boolean sharePort) {
    return new Care(
        health,
        checks,
        Duration.ofSeconds(20),
        Duration.ofSeconds(5),
        memory,
        requests,
        cores,
        sharePort);
  }

  static Care care() {
    return care(
        Optional.empty(),
        List.of(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        false);
  }

  static Care ready(Care care, Duration within, Duration grace) {
    return new Care(
        care.health(),
        care.checks(),
        within,
        grace,
        care.memoryBytes(),
        care.requests(),
        care.cores(),
        care.sharePort());
  }

  static Care health(String path) {
    Care.Health health = new Care.Health(path, Duration.ofMillis(20), Duration.ofMillis(500), 2, 2);
    return care(
        Optional.of(health),
        List.of(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        false);
  }

  static ServicePlan plan(String name, int clones, Care care, Version... versions) {
    return new ServicePlan(
        name,
        List.of(Route.to("/" + name)),
        new Origin.Started(List.of(versions)),
        Path.of("/"),
        Map.of(),
        clones,
        care,
        Balancing.usual(),
        Optional.empty());
  }

  static ServicePlan plan(String name, int clones, String... words) {
    return plan(name, clones, care(), version("main", Map.of(), words));
  }

  static ServicePlan with(
      ServicePlan plan, Map<String, String> environment, Optional<Partitioning> partitioning) {
    return new ServicePlan(
        plan.name(),
        plan.routes(),
        plan.origin(),
        plan.folder(),
        environment,
        plan.clones(),
        plan.care(),
        plan.balancing(),
        partitioning);
  }

  static Topology topology(ServicePlan... plans) {
    return new Topology(GatewayPlan.on(0), List.of(plans));
  }

  /** Returns when it runs. */
  Running up(ServicePlan... plans) throws Exception {
    done(fleet.apply(topology(plans)));
    return this;
  }

  static void done(CompletableFuture<Void> operation) throws Exception {
    operation.get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  /** The sentence that says why not. */
  static String refused(CompletableFuture<Void> operation) throws Exception {
    try {
      done(operation);
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(ScaleException.class);
      return String.valueOf(Objects.requireNonNull(e.getCause()).getMessage());
    }
    throw new AssertionError("it should have been refused");
  }

  List<Long> pids() {
    return balancer.clones().stream().map(Clone::pid).sorted().toList();
  }

  CloneStatus status(String name) {
    return fleet.snapshot().stream()
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  <T extends FleetEvent> Stream<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast);
  }

  static boolean lives(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  @Override
  public void close() {
    fleet.close();
  }
}
