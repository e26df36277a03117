package dev.cubit.qr;

import dev.cubit.qr.image.Format;

/**
 * What an order costs, told before any work from what is asked alone. Small orders are done at once
 * on the event loop, as handing them over costs more than doing them; large ones would make all
 * other clients of the loop wait, and go to {@link Workers}.
 *
 * <p>The figures are measured (bench/RESULTS.md) and rounded up: encoding takes a microsecond and
 * 13 ns a byte; a PNG 0.04 ns a pixel, as repeated rows are one token each; vector formats 20 ns a
 * module; the JDK's writers of GIF and JPEG 10 ns a pixel.
 */
final class Estimate {
  /** As long as a small request may have to wait for another one. */
  static final long LARGE_NANOS = 100_000;

  private Estimate() {}

  static boolean isLarge(int length, Order order) {
    return !order.isDefault() && nanos(length, order) > LARGE_NANOS;
  }

  static long nanos(int length, Order order) {
    long modules = modules(length, order);
    return order.parts() * (1_000 + modules) + drawing(modules, order);
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
    if (order.format() == Format.PNG) {
      return 500 + pixels / 25;
    }
    return Formats.isHeldInMemory(order.format()) ? 10 * pixels : 20 * modules;
  }
}
