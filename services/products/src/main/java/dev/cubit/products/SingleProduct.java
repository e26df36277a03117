package dev.cubit.products;

import dev.cubit.server.MediaType;
import dev.cubit.server.ProblemException;
import dev.cubit.store.rest.Answer;
import dev.cubit.store.rest.Call;
import dev.cubit.store.rest.JsonText;
import dev.cubit.store.rest.Preconditions;
import dev.cubit.store.rest.Resource;
import dev.cubit.store.rest.Target;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /products/NAME}. */
record SingleProduct(Catalogue catalogue, boolean ifMatchRequired) implements Resource {
  @Override
  public List<String> methods() {
    return List.of("GET", "PUT", "PATCH", "DELETE");
  }

  @Override
  public String template() {
    return "/products/{name}";
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    call.allowQuery();
    var name = ProductName.checked(call.path().get(1));
    var preconditions = Preconditions.of(call);
    return switch (call.method()) {
      case "GET" -> get(name, preconditions);
      case "PUT" -> put(call, name, preconditions);
      case "PATCH" -> patch(call, name, preconditions);
      default -> delete(name, preconditions);
    };
  }

  private Answer get(String name, Preconditions preconditions) throws SQLException {
    var product = catalogue.find(name).orElseThrow(SingleProduct::missing);
    if (preconditions.ifMatch().isPresent()) {
      new Preconditions(preconditions.ifMatch(), Optional.empty())
          .check(Optional.of(product.tag()));
    }
    return preconditions.isUnchanged(product.tag())
        ? Answer.empty(304).with("etag", product.tag()).with("cache-control", "no-cache")
        : answer(200, product);
  }

  private Answer put(Call call, String name, Preconditions preconditions) throws SQLException {
    call.requireType(List.of(MediaType.JSON));
    var details = Product.Details.read(JsonText.readObject(call.body()), name);
    var changed =
        catalogue.change(
            name,
            current -> {
              preconditions.check(current.map(Product::tag));
              require(preconditions, current);
              return Optional.of(details);
            });
    var product = changed.product().orElseThrow();
    return changed.created()
        ? answer(201, product).with("location", "/products/" + Target.encoded(name))
        : answer(200, product);
  }

  private Answer patch(Call call, String name, Preconditions preconditions) throws SQLException {
    call.requireType(List.of(MergePatch.MEDIA_TYPE, MediaType.JSON));
    var patch = JsonText.readObject(call.body());
    var changed =
        catalogue.change(
            name,
            current -> {
              preconditions.check(current.map(Product::tag));
              var product = current.orElseThrow(SingleProduct::missing);
              require(preconditions, current);
              var merged = (ObjectNode) MergePatch.apply(product.details().toJson(), patch);
              return Optional.of(Product.Details.read(merged, name));
            });
    return answer(200, changed.product().orElseThrow());
  }

  private Answer delete(String name, Preconditions preconditions) throws SQLException {
    catalogue.change(
        name,
        current -> {
          preconditions.check(current.map(Product::tag));
          if (current.isEmpty()) {
            throw missing();
          }
          require(preconditions, current);
          return Optional.empty();
        });
    return Answer.empty(204);
  }

  private void require(Preconditions preconditions, Optional<Product> current) {
    if (ifMatchRequired && current.isPresent() && preconditions.isEmpty()) {
      throw ProblemException.of(
          428, "say in If-Match which state you have read: the ETag that came with it");
    }
  }

  private static Answer answer(int status, Product product) {
    return Answer.json(status, product.toJson()).with("etag", product.tag());
  }

  private static ProblemException missing() {
    return ProblemException.of(404, "there is no product of this name");
  }
}
