package dev.cubit.store.rest;

import dev.cubit.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What operators and programs ask of every service, whatever it is for. */
final class Operations {
  private final Database database;
  private final RestMetrics metrics;
  private final byte[] description;

  /**
   * Makes them.
   *
   * @param description OpenAPI, as JSON
   */
  Operations(Database database, RestMetrics metrics, byte[] description) {
    this.database = database;
    this.metrics = metrics;
    this.description = description;
  }

  /**
   * Finds what is at a path.
   *
   * @param leaving whether the service is about to end
   */
  Optional<Resource> at(List<String> segments, boolean leaving) {
    if (segments.size() != 1) {
      return Optional.empty();
    }
    return switch (segments.getFirst()) {
      case "healthz" -> vital("/healthz", () -> health(leaving));
      case "metrics" -> vital("/metrics", this::metrics);
      case "openapi.json" -> vital("/openapi.json", () -> Answer.json(200, description));
      default -> Optional.empty();
    };
  }

  private Answer health(boolean leaving) {
    if (leaving) {
      return Answer.text(503, "text/plain", "stopping\n");
    }
    return database.isHealthy()
        ? Answer.text(200, "text/plain", "ok\n")
        : Answer.text(503, "text/plain", "the database does not answer\n");
  }

  private Answer metrics() {
    return Answer.text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
  }

  private static Optional<Resource> vital(String template, Supplier<Answer> answer) {
    return Optional.of(new Vital(template, answer));
  }

  private record Vital(String template, Supplier<Answer> supplier) implements Resource {
    @Override
    public List<String> methods() {
      return List.of("GET");
    }

    @Override
    public Answer answer(Call call) {
      return supplier.get();
    }

    @Override
    public boolean isVital() {
      return true;
    }
  }
}
