package dev.cubit.zoo;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** Tariffs of many operators, each a tree of conditions that is put together from handles. */
final class Tariffs implements Work {
  private static final MethodHandle LIMIT = find("limit", 3);
  private static final MethodHandle SCALE = find("scale", 3);
  private static final MethodHandle ABOVE = find("above", 2);

  private final List<MethodHandle> tariffs = new ArrayList<>();
  private final int callsEach;

  Tariffs(int operators, int depth, int callsEach) {
    var random = new Random(1);
    for (int i = 0; i < operators; i++) {
      tariffs.add(tree(depth, random));
    }
    this.callsEach = callsEach;
  }

  @Override
  public String answer(String query) throws Exception {
    var chance = ThreadLocalRandom.current();
    double sum = 0;
    try {
      for (int i = 0; i < callsEach; i++) {
        sum += (double) tariffs.get(chance.nextInt(tariffs.size())).invokeExact((double) i);
      }
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return "{\"sum\":" + sum + "}";
  }

  private static MethodHandle tree(int depth, Random random) {
    var step = random.nextBoolean() ? LIMIT : SCALE;
    var bound = MethodHandles.insertArguments(step, 1, random.nextDouble(), random.nextDouble());
    if (depth == 0) {
      return bound;
    }
    var test = MethodHandles.insertArguments(ABOVE, 1, random.nextDouble() * 100);
    var left = tree(depth - 1, random);
    var right = tree(depth - 1 - random.nextInt(depth), random);
    return MethodHandles.filterReturnValue(MethodHandles.guardWithTest(test, left, right), bound);
  }

  private static MethodHandle find(String name, int parameters) {
    var result = parameters == 2 ? boolean.class : double.class;
    var type = methodType(result, double.class, double.class);
    try {
      return MethodHandles.lookup()
          .findStatic(
              Tariffs.class,
              name,
              parameters == 2 ? type : type.appendParameterTypes(double.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  static double limit(double x, double a, double b) {
    return Math.min(x + a, 100 + b);
  }

  static double scale(double x, double a, double b) {
    return x * a + b;
  }

  static boolean above(double x, double bound) {
    return x > bound;
  }
}
