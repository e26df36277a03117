package dev.cubit.products;

import dev.cubit.store.rest.Fields;
import dev.cubit.store.rest.JsonText;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * A product as it is stored.
 *
 * @param version the number of the change that made it what it is; no other state of a product of
 *     this name ever has the same
 */
record Product(String name, Details details, long version) {
  private static final long MOST_AMOUNT = 1_000_000_000_000L;
  private static final long MOST_STOCK = 1_000_000_000L;

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .filter(currency -> currency.getDefaultFractionDigits() >= 0)
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  /**
   * What a client says of it.
   *
   * @param amount in minor units of the currency: cents, yen
   * @param currency by ISO 4217
   */
  record Details(long amount, String currency, long stock) {
    /**
     * Reads them.
     *
     * @throws dev.cubit.server.ProblemException that lists all that is wrong
     */
    static Details read(ObjectNode document, String name) {
      var fields = Fields.of(document);
      fields.same("name", name);
      fields.refuse("version", "is the service's to say; send what you have read in If-Match");
      var price = fields.object("price");
      long amount = price.number("amount", 0, MOST_AMOUNT);
      var currency =
          price.text(
              "currency", CURRENCIES::contains, "the code of a currency by ISO 4217, such as EUR");
      long stock = fields.number("stock", 0, MOST_STOCK);
      fields.check();
      return new Details(amount, currency, stock);
    }

    ObjectNode toJson() {
      var json = JsonText.object();
      json.putObject("price").put("amount", amount).put("currency", currency);
      return json.put("stock", stock);
    }
  }

  /** The validator (RFC 9110, 8.8.3). */
  String tag() {
    return "\"" + version + "\"";
  }

  ObjectNode toJson() {
    var json = JsonText.object().put("name", name);
    json.setAll(details.toJson());
    return json.put("version", version);
  }
}
