package dev.cubit.cart;

/** What is known of the price of a product at the moment. */
sealed interface Price {
  /**
   * It costs this.
   *
   * @param amount in minor units of the currency
   * @param currency by ISO 4217
   */
  record Known(long amount, String currency) implements Price {}

  /** There is no such product. */
  record NoProduct() implements Price {}

  /** The service products does not say. */
  record NotNow() implements Price {}
}
