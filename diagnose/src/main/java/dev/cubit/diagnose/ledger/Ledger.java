package dev.cubit.diagnose.ledger;

import java.util.List;

/**
 * The account of the requests in flight: how many there are in the mean, and what they do. By
 * Little's law a share of them is a share of a request's time.
 *
 * @param inFlight requests, from the load generator; where there was no load of ours, the sum of
 *     the parts
 * @param known whether a load generator has counted them
 * @param parts the largest first; together they may exceed what is in flight, where threads work
 *     for no request or several for one
 * @param workers pools of threads and event loops, the busiest first
 */
public record Ledger(double inFlight, boolean known, List<Part> parts, List<Workers> workers) {
  public Ledger {
    parts = List.copyOf(parts);
    workers = List.copyOf(workers);
  }

  /**
   * One part.
   *
   * @param requests of those in flight, in the mean
   * @param waiters where they wait, the most first; empty for what is not found in threads
   */
  public record Part(Item item, double requests, List<Waiters> waiters) {
    public Part {
      waiters = List.copyOf(waiters);
    }
  }

  /** Requests in a part, in the mean; 0 where there is none. */
  public double requests(Item item) {
    return parts.stream().filter(p -> p.item() == item).mapToDouble(Part::requests).sum();
  }

  /** Share of the requests in flight, 0 to 1. */
  public double share(Item item) {
    return inFlight <= 0 ? 0 : Math.min(1, requests(item) / inFlight);
  }

  /** Where requests of a part wait, the most first. */
  public List<Waiters> waiters(Item item) {
    return parts.stream().filter(p -> p.item() == item).flatMap(p -> p.waiters().stream()).toList();
  }

  /** Share of the requests in flight that nothing explains, 0 to 1. */
  public double unexplained() {
    return share(Item.UNEXPLAINED);
  }
}
