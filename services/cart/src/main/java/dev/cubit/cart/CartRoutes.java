package dev.cubit.cart;

import dev.cubit.server.ProblemException;
import dev.cubit.store.rest.Resource;
import dev.cubit.store.rest.Routes;
import java.util.List;
import java.util.Optional;

/** {@code /cart/CUSTOMER}, {@code .../items/PRODUCT} and {@code .../checkout}. */
record CartRoutes(Carts carts, Prices prices) implements Routes {
  private static final int LONGEST_CUSTOMER = 100;
  private static final int LONGEST_PRODUCT = 200;

  @Override
  public Optional<Resource> at(List<String> segments) {
    if (segments.isEmpty() || !segments.getFirst().equals("cart")) {
      return Optional.empty();
    }
    if (segments.size() == 2) {
      return Optional.of(new WholeCart(carts, prices));
    }
    if (segments.size() == 3 && segments.get(2).equals("checkout")) {
      return Optional.of(new Checkout(carts, prices));
    }
    return segments.size() == 4 && segments.get(2).equals("items")
        ? Optional.of(new CartItem(carts))
        : Optional.empty();
  }

  /**
   * Checks who it is.
   *
   * @throws ProblemException if it is nobody
   */
  static String customer(List<String> path) {
    return word("customer", path.get(1), LONGEST_CUSTOMER);
  }

  /**
   * Checks a name of a product, as far as it is ours to check.
   *
   * @throws ProblemException if it is none
   */
  static String product(List<String> path) {
    return word("product", path.get(3), LONGEST_PRODUCT);
  }

  private static String word(String name, String text, int most) {
    if (text.isBlank()
        || text.codePointCount(0, text.length()) > most
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw ProblemException.parameter(
          name, "a " + name + " has 1 to " + most + " characters, and no control characters");
    }
    return text;
  }
}
