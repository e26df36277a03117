package dev.cubit.target;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All processes of this machine at one moment. One look serves for many trees, so that to sample a
 * hundred clones costs one pass over /proc. Those that have left their parent are not found here.
 */
public final class ProcessTable {
  private final Map<Long, Proc.Stat> stats = new HashMap<>();
  private final Map<Long, List<Long>> children = new HashMap<>();

  private ProcessTable() {}

  /**
   * What a tree uses.
   *
   * @param cpuNanos user and system time of its processes, and of those of their children that have
   *     ended, in steps of 10 ms
   */
  public record Use(long cpuNanos, long rssBytes, int processes) {}

  /** As it is now. */
  public static ProcessTable now() {
    ProcessTable table = new ProcessTable();
    for (long pid : Proc.pids()) {
      Proc.stat(pid)
          .ifPresent(
              stat -> {
                table.stats.put(pid, stat);
                table.children.computeIfAbsent(stat.parent(), p -> new ArrayList<>()).add(pid);
              });
    }
    return table;
  }

  /** Of a process and all below it; nothing where it has ended. */
  public Use use(ProcessId root) {
    Proc.Stat stat = stats.get(root.pid());
    return stat == null || stat.startTicks() != root.startTicks()
        ? new Use(0, 0, 0)
        : use(root.pid(), stat);
  }

  private Use use(long pid, Proc.Stat stat) {
    long cpu = stat.cpuNanos() + stat.childrenCpuNanos();
    long rss = Proc.rssBytes(pid).orElse(0L);
    int processes = 1;
    for (long child : children.getOrDefault(pid, List.of())) {
      Proc.Stat of = stats.get(child);
      if (of != null) {
        Use use = use(child, of);
        cpu += use.cpuNanos();
        rss += use.rssBytes();
        processes += use.processes();
      }
    }
    return new Use(cpu, rss, processes);
  }
}
