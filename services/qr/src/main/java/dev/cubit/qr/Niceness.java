package dev.cubit.qr;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import org.slf4j.LoggerFactory;

/**
 * Makes a thread step back behind others where they share a processor. Java's own thread priorities
 * do nothing on Linux; its {@code setpriority} takes the calling thread if asked for process 0.
 */
final class Niceness {
  /** About a tenth of a processor for which event loops compete, all of it otherwise. */
  private static final int WORKER = 10;

  private Niceness() {}

  @SuppressWarnings("restricted") // The signature is that of setpriority(2): three ints.
  static void stepBack() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return;
    }
    try {
      var linker = Linker.nativeLinker();
      var function = linker.defaultLookup().find("setpriority");
      if (function.isPresent()) {
        var anInt = ValueLayout.JAVA_INT;
        var setPriority =
            linker.downcallHandle(
                function.get(), FunctionDescriptor.of(anInt, anInt, anInt, anInt));
        int ignored = (int) setPriority.invokeExact(0, 0, WORKER);
        LoggerFactory.getLogger(Niceness.class).debug("a worker steps back: {}", ignored);
      }
    } catch (Throwable e) {
      // It works without, only less evenly; a native call is declared to throw anything.
      LoggerFactory.getLogger(Niceness.class).debug("workers keep their priority", e);
    }
  }
}
