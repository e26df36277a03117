package dev.cubit.scale.clone;

import dev.cubit.scale.clone.CloneStatus.State;
import dev.cubit.scale.topology.Care;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Says which clone of a service has reached a bound, of memory or of requests, and is to be
 * replaced: one at a time, and none that has not lived for a while, as it would be replaced for
 * ever. Clones answer like numbers of requests, so each has a bound of its own, up to a tenth below
 * that of the plan: else all would be replaced one after the other. Owned by the sampler.
 */
final class Recycling {
  private static final double JITTER = 0.1;

  private final Ground ground;
  private final String service;
  private final Map<CloneProcess, Double> shares = new WeakHashMap<>();
  private long notBeforeNanos = System.nanoTime();

  Recycling(Ground ground, String service) {
    this.ground = ground;
    this.service = service;
  }

  /**
   * The one, and it is said why. After each there is a pause, so that one that fails is no storm.
   */
  Optional<Place> next(List<Place> places, Care care) {
    if ((care.memoryBytes().isEmpty() && care.requests().isEmpty())
        || System.nanoTime() < notBeforeNanos) {
      return Optional.empty();
    }
    for (Place place : places) {
      Optional<CloneProcess> process = place.process().filter(this::isSettled);
      Optional<String> why = process.flatMap(p -> reached(p, care));
      if (process.isPresent() && why.isPresent()) {
        notBeforeNanos = System.nanoTime() + ground.patience().settled().toNanos();
        ground.events().tell(new FleetEvent.Recycling(process.get().self(), why.get()));
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  private boolean isSettled(CloneProcess process) {
    return process.state() == State.READY
        && process.lived().compareTo(ground.patience().settled()) >= 0;
  }

  private Optional<String> reached(CloneProcess process, Care care) {
    if (care.memoryBytes().isPresent() && process.rssBytes() > care.memoryBytes().getAsLong()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "it has %d MB in memory, of %d MB that '%s' allows",
              process.rssBytes() >> 20,
              care.memoryBytes().getAsLong() >> 20,
              service));
    }
    if (care.requests().isPresent()) {
      long answered = ground.traffic().requests(process.self());
      double share =
          shares.computeIfAbsent(
              process, p -> 1 - JITTER * ThreadLocalRandom.current().nextDouble());
      if (answered >= care.requests().getAsLong() * share) {
        return Optional.of("it has answered " + answered + " requests");
      }
    }
    return Optional.empty();
  }
}
