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
   * @param processes that it has, the root first
   */
  public record Use(long cpuNanos, long rssBytes, List<ProcessId> processes) {
    public Use {
      processes = List.copyOf(processes);
    }
  }

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

  /** What one process has in memory now, without its children; 0 where that cannot be known. */
  public static long rssBytes(long pid) {
    return Proc.rssBytes(pid).orElse(0L);
  }

  /** Of a process and all below it; nothing where it has ended. */
  public Use use(ProcessId root) {
    Proc.Stat stat = stats.get(root.pid());
    List<ProcessId> tree = new ArrayList<>();
    if (stat != null && stat.startTicks() == root.startTicks()) {
      collect(root.pid(), stat, tree);
    }
    long cpu = 0;
    long rss = 0;
    for (ProcessId one : tree) {
      Proc.Stat of = stats.get(one.pid());
      cpu += of == null ? 0 : of.cpuNanos() + of.childrenCpuNanos();
      rss += rssBytes(one.pid());
    }
    return new Use(cpu, rss, tree);
  }

  private void collect(long pid, Proc.Stat stat, List<ProcessId> tree) {
    tree.add(new ProcessId(pid, stat.startTicks()));
    for (long child : children.getOrDefault(pid, List.of())) {
      Proc.Stat of = stats.get(child);
      if (of != null) {
        collect(child, of, tree);
      }
    }
  }
}
