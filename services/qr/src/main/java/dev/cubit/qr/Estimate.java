package dev.cubit.qr;

/**
 * What an order costs, told before any work from what is asked alone. Small orders are done at once
 * on the event loop, as handing them over costs more than doing them; large ones would make all
 * other clients of the loop wait, and go to {@link Workers}.
 *
 * <p>The figures are measured, on one core that others use too, and rounded up: encoding takes 2 ns
 * a module; a PNG 0.01 ns a pixel, as repeated rows are one token each, and 32 ns a module from
 * where it has no tables any more; a vector format 20 ns a module, PDF 100 as it is deflated; the
 * JDK's writers of GIF and JPEG 10 ns a pixel.
 */
final class Estimate {
  /** As long as a small request may have to wait for another one. */
  static final long LARGE_NANOS = 100_000;

  private static final long WITH_TABLES = 4_000_000;

  private Estimate() {}

  static boolean isLarge(int length, Order order) {
    return !order.isDefault() && nanos(length, order) > LARGE_NANOS;
  }

  static long nanos(int length, Order order) {
    long modules = modules(length, order);
    return order.parts() * (1_000 + 2 * modules) + drawing(modules, order);
  }

  /** A symbol has about 10 modules a byte, with its error correction. */
  private static long modules(int length, Order order) {
    if (order.symbol().version().isPresent()) {
      long side = 17 + 4L * order.symbol().version().getAsInt();
      return side * side;
    }
    return Math.min(177 * 177, 441 + 20L * length / order.parts());
  }

  private static long drawing(long modules, Order order) {
    long pixels = (long) order.style().width() * order.style().height();
    if (order.fit() instanceof Fit.Scale scale) {
      pixels = modules * scale.pixels() * scale.pixels();
    }
    return switch (order.format()) {
      case PNG -> 500 + pixels / 100 + (pixels > WITH_TABLES ? 32 * modules : 0);
      case PDF -> 10_000 + 100 * modules;
      default -> Formats.isHeldInMemory(order.format()) ? 10 * pixels : 5_000 + 20 * modules;
    };
  }
}
