package dev.cubit.scale.clone;

import dev.cubit.scale.topology.Origin;
import dev.cubit.scale.topology.Partitioning.Partition;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Version;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which clones of a service there are to be, and how each is started.
 *
 * @param recipes in the order in which they are replaced
 */
record Roster(Map<Seat, Recipe> recipes) {
  Roster {
    recipes = Collections.unmodifiableMap(new LinkedHashMap<>(recipes));
  }

  static Roster empty() {
    return new Roster(Map.of());
  }

  /**
   * What a plan asks for; nothing where the service runs elsewhere.
   *
   * @param clones of each version in each partition
   * @param only the version that there is, whatever the plan has; empty: all of the plan's
   */
  static Roster of(ServicePlan plan, int clones, Optional<String> only) {
    Map<Seat, Recipe> recipes = new LinkedHashMap<>();
    for (Version version : versions(plan)) {
      if (only.isEmpty() || only.get().equals(version.name())) {
        for (Optional<Partition> partition : partitions(plan)) {
          Recipe recipe = Recipe.of(plan, version, partition);
          for (int number = 1; number <= clones; number++) {
            String name = partition.map(Partition::name).orElse("");
            recipes.put(new Seat(version.name(), name, number), recipe);
          }
        }
      }
    }
    return new Roster(recipes);
  }

  static List<Version> versions(ServicePlan plan) {
    return plan.origin() instanceof Origin.Started started ? started.versions() : List.of();
  }

  private static List<Optional<Partition>> partitions(ServicePlan plan) {
    return plan.partitioning().isEmpty()
        ? List.of(Optional.empty())
        : plan.partitioning().get().partitions().stream().map(Optional::of).toList();
  }

  /** How the clone in a seat of this roster is started. */
  Recipe recipe(Seat seat) {
    return Objects.requireNonNull(recipes.get(seat));
  }

  /**
   * What has to be done.
   *
   * @param begin those that are not there yet
   * @param replace those that are there, but started otherwise
   * @param end those that are there and are not to be
   */
  record Changes(List<Seat> begin, List<Seat> replace, List<Seat> end) {}

  /** From what there is to this. */
  Changes since(Roster before) {
    return new Changes(
        recipes.keySet().stream().filter(seat -> !before.recipes.containsKey(seat)).toList(),
        recipes.keySet().stream()
            .filter(before.recipes::containsKey)
            .filter(seat -> !recipe(seat).equals(before.recipe(seat)))
            .toList(),
        before.recipes.keySet().stream().filter(seat -> !recipes.containsKey(seat)).toList());
  }
}
