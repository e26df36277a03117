package dev.cubit.scale;

import dev.cubit.target.ProcessTable;
import java.time.Duration;

/**
 * What this process itself has used: the gateway and all that is around it, no clones.
 *
 * @param cpuNanos since its start, in steps of 10 ms
 * @param rssBytes now; 0 where the kernel does not tell
 */
record OwnUse(long cpuNanos, long rssBytes) {
  static OwnUse now() {
    long cpu = ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    return new OwnUse(cpu, ProcessTable.rssBytes(ProcessHandle.current().pid()));
  }
}
