package dev.cubit.qr.symbol;

import java.util.Random;

/** Where the randomness of a test comes from, printed so that a failure can be repeated. */
final class Seed {
  private Seed() {}

  /** Another one each time, unless {@code -Dcubit.seed} names one. */
  static Random random(Class<?> test) {
    long seed = Long.getLong("cubit.seed", System.nanoTime());
    System.out.printf("%s: -Dcubit.seed=%d repeats it%n", test.getSimpleName(), seed);
    return new Random(seed);
  }
}
