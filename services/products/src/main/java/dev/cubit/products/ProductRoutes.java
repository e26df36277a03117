package dev.cubit.products;

import dev.cubit.server.ServerException;
import dev.cubit.store.rest.Resource;
import dev.cubit.store.rest.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /products} and {@code /products/NAME}. */
record ProductRoutes(Catalogue catalogue, boolean ifMatchRequired) implements Routes {
  private static final String ROOT = "products";

  @Override
  public Optional<Resource> at(List<String> segments) {
    if (segments.isEmpty() || !segments.getFirst().equals(ROOT)) {
      return Optional.empty();
    }
    return switch (segments.size()) {
      case 1 -> Optional.of(new ProductList(catalogue));
      case 2 -> Optional.of(new SingleProduct(catalogue, ifMatchRequired));
      default -> Optional.empty();
    };
  }

  /**
   * Reads IF_MATCH.
   *
   * @throws ServerException if it is neither required nor optional
   */
  static boolean isIfMatchRequired(Map<String, String> environment) {
    var word = environment.getOrDefault("IF_MATCH", "").strip();
    return switch (word) {
      case "required" -> true;
      case "", "optional" -> false;
      default ->
          throw ServerException.usage("IF_MATCH is '" + word + "'; set it to required or optional");
    };
  }
}
