package dev.cubit.zoo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** An invoice as JSON: its positions are made up, sorted and written. */
final class Invoice implements Work {
  private record Position(int article, int count, double price) {}

  private final int positions;

  Invoice(int positions) {
    this.positions = positions;
  }

  @Override
  public String answer(String query) {
    var random = new Random(query.hashCode());
    var found = new ArrayList<Position>();
    for (int i = 0; i < positions; i++) {
      found.add(new Position(random.nextInt(10_000), 1 + random.nextInt(9), random.nextDouble()));
    }
    found.sort(Comparator.comparingInt(Position::article).thenComparingDouble(Position::price));
    return json(found);
  }

  private static String json(List<Position> positions) {
    var json = new StringBuilder("{\"positions\":[");
    double total = 0;
    for (var position : positions) {
      json.append("{\"article\":").append(position.article()).append(",\"count\":");
      json.append(position.count()).append(",\"price\":").append(position.price()).append("},");
      total += position.count() * position.price();
    }
    // The body stays small: what is measured is not the network.
    return "{\"bytes\":" + json.length() + ",\"total\":" + total + "}";
  }
}
