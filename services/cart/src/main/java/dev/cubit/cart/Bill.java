package dev.cubit.cart;

import dev.cubit.store.rest.JsonText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Items with their prices, and the totals.
 *
 * @param totals by currency, in minor units, of the items whose price is known
 */
record Bill(List<Line> lines, Map<String, Long> totals) {
  /** An item and what one of it costs. */
  record Line(Item item, Price price) {}

  /** Adds up; what has the most items of the highest price stays far below a long's bound. */
  static Bill of(List<Item> items, Map<String, Price> prices) {
    var lines =
        items.stream()
            .map(item -> new Line(item, prices.getOrDefault(item.product(), new Price.NotNow())))
            .toList();
    var totals = new TreeMap<String, Long>();
    for (var line : lines) {
      if (line.price() instanceof Price.Known(var amount, var currency)) {
        totals.merge(currency, Math.multiplyExact(amount, line.item().quantity()), Math::addExact);
      }
    }
    return new Bill(lines, totals);
  }

  boolean isComplete() {
    return lines.stream().allMatch(line -> line.price() instanceof Price.Known);
  }

  /** Whether a price may come when asked again. */
  boolean isWaiting() {
    return lines.stream().anyMatch(line -> line.price() instanceof Price.NotNow);
  }

  /** Products that there are not. */
  List<String> withoutProduct() {
    return lines.stream()
        .filter(line -> line.price() instanceof Price.NoProduct)
        .map(line -> line.item().product())
        .toList();
  }

  /** Adds the items and the totals to a document. */
  void addTo(ObjectNode json) {
    var items = json.putArray("items");
    for (var line : lines) {
      var item = items.addObject();
      item.put("product", line.item().product()).put("quantity", line.item().quantity());
      switch (line.price()) {
        case Price.Known(var amount, var currency) -> {
          item.putObject("price").put("amount", amount).put("currency", currency);
          item.put("amount", amount * line.item().quantity());
        }
        case Price.NoProduct() -> item.put("missing", "there is no such product");
        case Price.NotNow() -> item.put("missing", "the price is not known at the moment");
      }
    }
    var sums = json.putObject("totals");
    totals.forEach(sums::put);
  }

  /** The totals in one spelling. */
  ObjectNode totalsAsJson() {
    var json = JsonText.object();
    totals.forEach(json::put);
    return json;
  }
}
