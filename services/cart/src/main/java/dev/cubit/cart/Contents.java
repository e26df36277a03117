package dev.cubit.cart;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is in a cart.
 *
 * @param revision another one after every change
 * @param items in the order of products by code point
 */
record Contents(long revision, List<Item> items) {
  Contents {
    items = List.copyOf(items);
  }

  /** The items in one spelling: the same for the same. */
  String spelling() {
    return items.stream()
        .map(item -> item.quantity() + " " + item.product())
        .collect(Collectors.joining("\n"));
  }
}
