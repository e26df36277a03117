package dev.cubit.zoo;

import java.util.concurrent.ConcurrentHashMap;

/** How often each page was seen, and a forecast; all look at the same page. */
final class VisitCounts implements Work {
  private record Visits(long count, double forecast) {}

  private final ConcurrentHashMap<String, Visits> pages = new ConcurrentHashMap<>();
  private final int steps;

  VisitCounts(int steps) {
    this.steps = steps;
  }

  @Override
  public String answer(String query) {
    var visits =
        pages.compute(
            query,
            (page, old) -> {
              long count = old == null ? 1 : old.count() + 1;
              return new Visits(count, Compounding.interest(count, steps));
            });
    return "{\"count\":" + visits.count() + ",\"forecast\":" + visits.forecast() + "}";
  }
}
