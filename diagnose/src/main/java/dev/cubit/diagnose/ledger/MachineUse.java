package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.jvm.NativeThread.Kind;
import java.util.List;

/**
 * What the JVM and all others used of the machine while the JVM was watched.
 *
 * @param wallNanos how long that was
 * @param cores of the machine
 * @param busy share of the machine's CPU in use, 0 to 1; negative where not known
 * @param steal share that the host of a virtual machine took, 0 to 1
 * @param processCores CPU time a second of the JVM's process
 * @param quotaCores that the control group may use; 0 where there is no limit
 * @param throttledPeriods share of the periods in which the group was stopped, 0 to 1
 * @param throttledShare of the time in which it was stopped, 0 to 1 for each core
 */
public record MachineUse(
    long wallNanos,
    int cores,
    double busy,
    double steal,
    double processCores,
    double quotaCores,
    double throttledPeriods,
    double throttledShare,
    List<ThreadUse> threads) {
  public MachineUse {
    threads = List.copyOf(threads);
  }

  /** CPU time a second of the threads of a kind. */
  public double cores(Kind kind) {
    return threads.stream()
        .filter(t -> t.thread().kind() == kind)
        .mapToDouble(ThreadUse::cpu)
        .sum();
  }

  /** As {@link #cores(Kind)} of Java's, threads that have ended among them. */
  public double javaCores() {
    double others = cores(Kind.COLLECTOR) + cores(Kind.COMPILER) + cores(Kind.JVM);
    return Math.max(cores(Kind.JAVA), processCores - others);
  }

  /** Java threads that wait for a core, in the mean. */
  public double javaReady() {
    return threads.stream()
        .filter(t -> t.thread().kind() == Kind.JAVA)
        .mapToDouble(ThreadUse::ready)
        .sum();
  }

  /** Share of the machine's CPU that the JVM used, 0 to 1. */
  public double processShare() {
    return processCores / cores;
  }
}
