package dev.cubit.cart;

import dev.cubit.server.MediaType;
import dev.cubit.server.ProblemException;
import dev.cubit.store.rest.Answer;
import dev.cubit.store.rest.Call;
import dev.cubit.store.rest.Fields;
import dev.cubit.store.rest.JsonText;
import dev.cubit.store.rest.Resource;
import java.sql.SQLException;
import java.util.List;

/**
 * {@code /cart/CUSTOMER/items/PRODUCT}. Whether there is such a product is told when prices are
 * asked for, so that carts work while products do not.
 */
record CartItem(Carts carts) implements Resource {
  @Override
  public List<String> methods() {
    return List.of("PUT", "DELETE");
  }

  @Override
  public String template() {
    return "/cart/{customer}/items/{product}";
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    call.allowQuery();
    var customer = CartRoutes.customer(call.path());
    var product = CartRoutes.product(call.path());
    return call.method().equals("PUT") ? put(call, customer, product) : delete(customer, product);
  }

  private Answer put(Call call, String customer, String product) throws SQLException {
    call.requireType(List.of(MediaType.JSON));
    var fields = Fields.of(JsonText.readObject(call.body()));
    fields.same("product", product);
    var item = new Item(product, fields.number("quantity", 1, Item.MOST));
    fields.check();
    boolean created = carts.put(customer, item);
    return Answer.json(
        created ? 201 : 200,
        JsonText.object().put("product", item.product()).put("quantity", item.quantity()));
  }

  private Answer delete(String customer, String product) throws SQLException {
    if (!carts.remove(customer, product)) {
      throw ProblemException.of(404, "this product is not in the cart");
    }
    return Answer.empty(204);
  }
}
