package dev.cubit.zoo;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Sorts articles by the C library's qsort, which asks back which of two goes first. */
final class Ranking implements Work {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  /** Which of two articles goes first. */
  @FunctionalInterface
  interface Judge {
    int compare(int left, int right) throws Exception;
  }

  private final Judge judge;
  private final int articles;
  private final MethodHandle sort;
  private final MemorySegment callback;

  // Calls of C functions are what this is about.
  @SuppressWarnings("restricted")
  Ranking(int articles, Judge judge) throws ReflectiveOperationException {
    this.articles = articles;
    this.judge = judge;
    var linker = Linker.nativeLinker();
    var pointer = ValueLayout.ADDRESS;
    var size = ValueLayout.JAVA_LONG;
    sort =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("qsort"),
            FunctionDescriptor.ofVoid(pointer, size, size, pointer));
    var target = pointer.withTargetLayout(MemoryLayout.sequenceLayout(1, INT));
    var type = MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class);
    var compare = MethodHandles.lookup().bind(this, "compare", type);
    callback =
        linker.upcallStub(compare, FunctionDescriptor.of(INT, target, target), Arena.global());
  }

  @Override
  public String answer(String query) throws Exception {
    try (var arena = Arena.ofConfined()) {
      var array = arena.allocate(INT, articles);
      for (int i = 0; i < articles; i++) {
        array.setAtIndex(INT, i, (i * 7 + 3) % articles);
      }
      sort.invokeExact(array, (long) articles, INT.byteSize(), callback);
      return "{\"first\":" + array.getAtIndex(INT, 0) + "}";
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Called by the C library; what is thrown here would end the process. */
  int compare(MemorySegment left, MemorySegment right) {
    int a = left.get(INT, 0);
    int b = right.get(INT, 0);
    try {
      return judge.compare(a, b);
    } catch (Exception e) {
      return Integer.compare(a, b);
    }
  }
}
