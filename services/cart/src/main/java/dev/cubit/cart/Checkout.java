package dev.cubit.cart;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cubit.server.MediaType;
import dev.cubit.server.ProblemException;
import dev.cubit.server.ProblemException.Violation;
import dev.cubit.store.rest.Answer;
import dev.cubit.store.rest.Call;
import dev.cubit.store.rest.JsonText;
import dev.cubit.store.rest.Resource;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /cart/CUSTOMER/checkout}: buys what is in the cart, exactly once for each
 * Idempotency-Key.
 *
 * <p>The answer is stored in the transaction that empties the cart. So a request that is repeated,
 * because its answer was lost, gets that answer, from any clone; and of two at the same time the
 * one that comes second to the lock of the cart finds what the first has stored. Prices are asked
 * for before the transaction; if the cart has changed since, all begins anew.
 *
 * <p>Nothing is taken from the stock of products: that would be a transaction over two databases.
 */
record Checkout(Carts carts, Prices prices) implements Resource {
  private static final int LONGEST_KEY = 255;
  private static final int ATTEMPTS = 5;

  @Override
  public List<String> methods() {
    return List.of("POST");
  }

  @Override
  public String template() {
    return "/cart/{customer}/checkout";
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    call.allowQuery();
    var customer = CartRoutes.customer(call.path());
    var key = key(call);
    var agreed = agreed(call);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Before the earlier purchase is looked for: the other way round, one that is made in between
      // would not be found, and its empty cart would be.
      var contents = carts.contents(customer);
      var before = carts.purchase(key);
      if (before.isPresent()) {
        return again(before.get(), customer, agreed, contents);
      }
      if (contents.items().isEmpty()) {
        throw ProblemException.of(409, "the cart is empty");
      }
      var purchase = purchase(call, customer, key, agreed, contents);
      switch (carts.buy(purchase, contents.revision())) {
        case Carts.Outcome.Bought() -> {
          return answer(purchase);
        }
        case Carts.Outcome.Before(var first) -> {
          return again(first, customer, agreed, contents);
        }
        case Carts.Outcome.Changed() -> {
          // With the cart as it is now.
        }
      }
    }
    throw ProblemException.of(409, "the cart changes all the time; check it out again");
  }

  private Purchase purchase(
      Call call, String customer, String key, Optional<ObjectNode> agreed, Contents contents) {
    var items = contents.items();
    var bill =
        Bill.of(items, prices.of(items.stream().map(Item::product).toList(), call.headers()));
    check(bill, agreed);
    var json =
        JsonText.object()
            .put("order", UUID.randomUUID().toString())
            .put("customer", customer)
            .put("at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    bill.addTo(json);
    return new Purchase(
        key,
        customer,
        spelling(agreed),
        contents.spelling(),
        new String(JsonText.write(json), UTF_8));
  }

  private static void check(Bill bill, Optional<ObjectNode> agreed) {
    if (!bill.withoutProduct().isEmpty()) {
      throw ProblemException.violations(
          409,
          "there are products in the cart that are not sold any more",
          bill.withoutProduct().stream()
              .map(product -> new Violation("/items/" + product, "there is no such product"))
              .toList());
    }
    if (bill.isWaiting()) {
      throw ProblemException.of(503, "not all prices are known at the moment; check out again");
    }
    if (agreed.isPresent() && !agreed.get().equals(bill.totalsAsJson())) {
      throw ProblemException.of(
          409, "the totals are " + bill.totals() + " now, not what was agreed on");
    }
  }

  /** The same answer again, if it is the same request. */
  private static Answer again(
      Purchase first, String customer, Optional<ObjectNode> agreed, Contents contents) {
    boolean same =
        first.customer().equals(customer)
            && first.request().equals(spelling(agreed))
            && (contents.items().isEmpty() || contents.spelling().equals(first.items()));
    if (!same) {
      throw ProblemException.of(
          422, "this Idempotency-Key has been used for another cart; take a new one");
    }
    return answer(first).with("idempotent-replayed", "true");
  }

  private static Answer answer(Purchase purchase) {
    return Answer.json(201, purchase.answer().getBytes(UTF_8));
  }

  private static String spelling(Optional<ObjectNode> agreed) {
    return agreed.map(ObjectNode::toString).orElse("");
  }

  private static String key(Call call) {
    var key = call.header("idempotency-key").orElse("").strip();
    if (key.isEmpty()
        || key.length() > LONGEST_KEY
        || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw ProblemException.of(
          400,
          "a checkout has a header Idempotency-Key, a word of 1 to "
              + LONGEST_KEY
              + " characters that is new for each cart: if the answer is lost, send it again");
    }
    return key;
  }

  /** The totals that the customer has seen: {@code {"totals":{"EUR":597}}}; there may be none. */
  private static Optional<ObjectNode> agreed(Call call) {
    if (call.body().length == 0) {
      return Optional.empty();
    }
    call.requireType(List.of(MediaType.JSON));
    var document = JsonText.readObject(call.body());
    if (document.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Totals.read(document));
  }
}
