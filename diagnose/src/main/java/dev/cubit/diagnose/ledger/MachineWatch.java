package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.jvm.Jvm;
import dev.cubit.diagnose.jvm.NativeThread;
import dev.cubit.diagnose.jvm.NativeThread.Kind;
import dev.cubit.target.CpuQuota;
import dev.cubit.target.MachineCpu;
import dev.cubit.target.ThreadTimes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Watches what a JVM's threads use of the machine, from its making on. */
public final class MachineWatch {
  private final Jvm jvm;
  private final Map<Long, NativeThread> atBegin;
  private final Map<Long, ThreadTimes> times;
  private final long processCpu;
  private final MachineCpu machine;
  private final Optional<CpuQuota> quota;
  private final long begin = System.nanoTime();

  /** Begins to watch. */
  public MachineWatch(Jvm jvm) throws DiagnoseException {
    this.jvm = jvm;
    this.atBegin = jvm.nativeThreads();
    this.times = timesOf(jvm.pid());
    this.processCpu = ThreadTimes.ofProcess(jvm.pid());
    this.machine = MachineCpu.now();
    this.quota = CpuQuota.of(jvm.pid());
  }

  private static Map<Long, ThreadTimes> timesOf(long pid) {
    return ThreadTimes.of(pid).stream().collect(Collectors.toMap(ThreadTimes::id, t -> t));
  }

  /** What was used since it was made. */
  public MachineUse soFar() {
    long wall = System.nanoTime() - begin;
    MachineCpu machineNow = MachineCpu.now();
    Map<Long, ThreadTimes> timesNow = timesOf(jvm.pid());
    long cpuNow = ThreadTimes.ofProcess(jvm.pid());
    Map<Long, NativeThread> names = new HashMap<>(atBegin);
    try {
      names.putAll(jvm.nativeThreads());
    } catch (DiagnoseException e) {
      // it has ended; those of the begin are known
    }
    List<ThreadUse> threads = new ArrayList<>();
    timesNow.forEach(
        (id, now) -> {
          ThreadTimes then = times.getOrDefault(id, new ThreadTimes(id, now.name(), 0, 0));
          NativeThread thread = names.getOrDefault(id, new NativeThread(now.name(), 0, Kind.JAVA));
          threads.add(
              new ThreadUse(
                  thread,
                  (now.cpuNanos() - then.cpuNanos()) / (double) wall,
                  (now.runQueueNanos() - then.runQueueNanos()) / (double) wall));
        });
    Optional<CpuQuota> quotaNow = CpuQuota.of(jvm.pid());
    double periods = difference(quotaNow, CpuQuota::periods);
    return new MachineUse(
        wall,
        Runtime.getRuntime().availableProcessors(),
        machineNow.busyShareSince(machine),
        machineNow.stealShareSince(machine),
        (cpuNow - processCpu) / (double) wall,
        quotaNow.map(q -> q.cores().orElse(0)).orElse(0.0),
        periods > 0 ? difference(quotaNow, CpuQuota::throttledPeriods) / periods : 0,
        difference(quotaNow, CpuQuota::throttledNanos) / wall,
        threads);
  }

  private double difference(Optional<CpuQuota> now, ToLongFunction<CpuQuota> field) {
    return now.isPresent() && quota.isPresent()
        ? Math.max(0, field.applyAsLong(now.get()) - field.applyAsLong(quota.get()))
        : 0;
  }
}
