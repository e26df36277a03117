package dev.cubit.diagnose.heap;

import java.util.List;

/**
 * What was allocated, estimated from samples: shares are good to a few percent.
 *
 * @param samples that all of this is from
 * @param bytes in the window
 * @param rate bytes a second, over time
 * @param types most first
 * @param sites most first
 * @param tree of calls, from the outermost method of the application to the class allocated
 */
public record Allocating(
    long samples,
    double bytes,
    double bytesPerSecond,
    List<Moment> rate,
    List<ByType> types,
    List<AllocationSite> sites,
    AllocationNode tree) {
  public Allocating {
    rate = List.copyOf(rate);
    types = List.copyOf(types);
    sites = List.copyOf(sites);
  }
}
