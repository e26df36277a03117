package dev.cubit.zoo;

import java.util.HashMap;
import java.util.Map;

/** Prices of articles, worked out anew for each request, one request at a time. */
final class PriceList implements Work {
  private final Map<Long, Double> prices = new HashMap<>();
  private final int steps;
  private long asked;

  PriceList(int steps) {
    this.steps = steps;
  }

  @Override
  public synchronized String answer(String query) {
    long article = asked++ % 500;
    var price = prices.merge(article, Compounding.interest(asked, steps), Double::max);
    return "{\"article\":" + article + ",\"price\":" + price + "}";
  }
}
