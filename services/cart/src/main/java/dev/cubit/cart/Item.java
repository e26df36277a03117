package dev.cubit.cart;

/**
 * So many of a product.
 *
 * @param quantity 1 to {@link #MOST}
 */
record Item(String product, long quantity) {
  static final long MOST = 1000;
}
