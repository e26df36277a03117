package dev.cubit.scale;

import dev.cubit.scale.clone.Fleet;
import dev.cubit.scale.topology.FileEdit;
import dev.cubit.scale.topology.RangeSplit;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.TopologySource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Splits of partitions, one at a time: each changes the file and the map. */
final class Splits implements AutoCloseable {
  private final TopologySource source;
  private final Routes routes;
  private final Fleet fleet;
  private final Notices notices;
  private @Nullable Split current; // guarded by this
  private String what = ""; // guarded by this

  Splits(TopologySource source, Routes routes, Fleet fleet, Notices notices) {
    this.source = source;
    this.routes = routes;
    this.fleet = fleet;
    this.notices = notices;
  }

  /**
   * What a split would do, and how the file would be.
   *
   * @param edit not written yet
   */
  record Plan(RangeSplit split, FileEdit edit) {}

  /**
   * Plans one; nothing is begun.
   *
   * @param service that there is
   * @param at first key of the upper part
   * @param changed what is to be different in its environment
   * @throws ScaleException where that cannot be
   */
  Plan plan(ServicePlan service, String partition, String at, Map<String, String> changed)
      throws ScaleException {
    if (!(source instanceof TopologySource.OfFile file)) {
      throw new ScaleException(
          "this system was started without a file, so it has no partitions: cubit init writes one");
    }
    RangeSplit split = RangeSplit.of(service, partition, at, changed);
    return new Plan(split, file.edit(split));
  }

  /** Begins one, unless another is under way; see {@link Split#begin}. */
  synchronized CompletableFuture<Void> begin(Plan plan, Duration holdAtMost) {
    try {
      requireNone();
    } catch (ScaleException e) {
      return CompletableFuture.failedFuture(e);
    }
    Split split = new Split(plan.split(), plan.edit(), holdAtMost, routes, fleet, notices);
    current = split;
    what = plan.split().partition() + " of " + plan.split().before().name();
    return split.begin().whenComplete((_, _) -> ended());
  }

  private synchronized void ended() {
    current = null;
  }

  /**
   * See that none is under way: it would be undone by what else is to be done.
   *
   * @throws ScaleException where one is
   */
  synchronized void requireNone() throws ScaleException {
    if (current != null) {
      throw new ScaleException(what + " is being split: try again when that is done");
    }
  }

  /** Breaks off what is under way, and says how it ends in its own time. */
  @Override
  public void close() {
    Optional<Split> last;
    synchronized (this) {
      last = Optional.ofNullable(current);
    }
    last.ifPresent(Split::close);
  }
}
