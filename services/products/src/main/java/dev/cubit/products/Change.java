package dev.cubit.products;

/** What has become of a product. */
sealed interface Change {
  /** It is this now. */
  record Stored(Product product) implements Change {
    @Override
    public String name() {
      return product.name();
    }

    @Override
    public long version() {
      return product.version();
    }
  }

  /** It is no more. */
  record Removed(String name, long version) implements Change {}

  String name();

  /** The number of the change. */
  long version();
}
