package dev.cubit.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ctrl-C and SIGTERM: what runs is stopped, its command prints what was measured so far and ends
 * its target, and only then the JVM goes, with exit code 130.
 */
final class Interrupts {
  private static final int LONGEST_SECONDS = 30;

  private static final AtomicReference<Runnable> STOP = new AtomicReference<>(() -> {});
  private static final CountDownLatch DONE = new CountDownLatch(1);
  private static volatile boolean interrupted;

  private Interrupts() {}

  static void install() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (DONE.getCount() == 0) {
                    return;
                  }
                  interrupted = true;
                  STOP.get().run();
                  boolean done = false;
                  try {
                    done = DONE.await(LONGEST_SECONDS, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  if (!done) {
                    System.err.println("cubit: stopped without a result");
                  }
                  // else it would be 143 after SIGTERM; targets are ended by now
                  Runtime.getRuntime().halt(Exit.INTERRUPTED);
                },
                "interrupts"));
  }

  /** What stops that which runs now. Called at once where it is too late. */
  static void stopWith(Runnable stop) {
    STOP.set(stop);
    if (interrupted) {
      stop.run();
    }
  }

  /** Also before the thread that does it here has come to run: targets are ended beside it. */
  static boolean interrupted() {
    return interrupted || (DONE.getCount() > 0 && jvmEnds());
  }

  /** The JDK says so only by refusing another hook. */
  private static boolean jvmEnds() {
    Thread probe = new Thread(() -> {}, "probe");
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException ends) {
      return true;
    }
  }

  /** The command has printed all that it has to say. */
  static void done() {
    DONE.countDown();
  }
}
