package dev.cubit.cart;

import dev.cubit.store.rest.Answer;
import dev.cubit.store.rest.Call;
import dev.cubit.store.rest.JsonText;
import dev.cubit.store.rest.Resource;
import java.sql.SQLException;
import java.util.List;

/** {@code GET /cart/CUSTOMER}: the items with prices of this moment, as far as they can be had. */
record WholeCart(Carts carts, Prices prices) implements Resource {
  @Override
  public List<String> methods() {
    return List.of("GET");
  }

  @Override
  public String template() {
    return "/cart/{customer}";
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    call.allowQuery();
    var customer = CartRoutes.customer(call.path());
    var items = carts.contents(customer).items();
    var bill =
        Bill.of(items, prices.of(items.stream().map(Item::product).toList(), call.headers()));
    var json = JsonText.object().put("customer", customer);
    bill.addTo(json);
    return Answer.json(200, json.put("complete", bill.isComplete()));
  }
}
