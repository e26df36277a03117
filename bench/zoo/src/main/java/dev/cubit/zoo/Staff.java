package dev.cubit.zoo;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import javax.management.JMException;
import javax.management.ObjectName;

/** Many threads deep in something that does not come, and ways to ask what they are at. */
final class Staff {
  private Staff() {}

  /** So many threads, each so many calls deep. */
  static void hire(int count, int depth) {
    var whistle = new CountDownLatch(1);
    for (int i = 0; i < count; i++) {
      Thread.ofPlatform().daemon().name("clerk-" + i).start(() -> descend(depth, whistle));
    }
  }

  private static int descend(int depth, CountDownLatch whistle) {
    if (depth > 0) {
      return descend(depth - 1, whistle) + 1;
    }
    try {
      whistle.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** Each request wants to know. */
  static Work report() {
    var threads = ManagementFactory.getThreadMXBean();
    return query -> {
      int waiting = 0;
      for (var thread : threads.dumpAllThreads(true, true)) {
        waiting += thread.getThreadState() == Thread.State.WAITING ? 1 : 0;
      }
      return "{\"waiting\":" + waiting + "}";
    };
  }

  /** Somebody asks all the time, beside the requests, also who has which locks. */
  static void supervise(long restMillis) {
    var threads = ManagementFactory.getThreadMXBean();
    repeat(restMillis, () -> threads.dumpAllThreads(true, true, 5).length);
  }

  /** Somebody counts all that is in memory, with a short rest between. */
  static void takeInventory(long restMillis) throws JMException {
    var beans = ManagementFactory.getPlatformMBeanServer();
    var commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
    var words = new Object[] {new String[] {"-all"}};
    var types = new String[] {String[].class.getName()};
    repeat(
        restMillis,
        () -> {
          try {
            return beans.invoke(commands, "gcClassHistogram", words, types).hashCode();
          } catch (JMException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void repeat(long restMillis, java.util.function.IntSupplier task) {
    Thread.ofPlatform()
        .daemon()
        .name("supervisor")
        .start(
            () -> {
              try {
                while (task.getAsInt() != 0) {
                  Thread.sleep(restMillis);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
