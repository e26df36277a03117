package dev.cubit.cart;

import dev.cubit.store.rest.Fields;
import dev.cubit.store.rest.JsonText;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** The totals that a customer agrees to. */
final class Totals {
  private Totals() {}

  /**
   * Reads them, by currency in order.
   *
   * @throws dev.cubit.server.ProblemException that lists all that is wrong
   */
  static ObjectNode read(ObjectNode document) {
    var fields = Fields.of(document);
    var totals = fields.object("totals");
    var json = JsonText.object();
    for (var currency : new TreeSet<>(document.path("totals").propertyNames())) {
      json.put(currency, totals.number(currency, 0, Long.MAX_VALUE));
    }
    fields.check();
    return json;
  }
}
