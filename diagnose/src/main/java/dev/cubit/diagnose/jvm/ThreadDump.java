package dev.cubit.diagnose.jvm;

import java.util.List;

/**
 * All threads of a JVM at about one moment: each stack is consistent in itself, they differ by
 * milliseconds from each other.
 */
public record ThreadDump(List<DumpedThread> threads) {
  public ThreadDump {
    threads = List.copyOf(threads);
  }
}
