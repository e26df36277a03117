package dev.cubit.target;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The CPU bandwidth that a process's control group may use, and how often it was stopped for having
 * used it up; kernel documentation, scheduler/sched-bwc.
 *
 * @param cores a second of CPU time a second; empty where there is no limit
 * @param periods that have passed, of those in which the group wanted to run
 * @param throttledPeriods in which it was stopped
 * @param throttledNanos that it was stopped, summed over cores
 */
public record CpuQuota(
    OptionalDouble cores, long periods, long throttledPeriods, long throttledNanos) {
  private static final Path MOUNT = Path.of("/sys/fs/cgroup");

  /** Empty where the process is in no group with a CPU controller, or that cannot be read. */
  public static Optional<CpuQuota> of(long pid) {
    return Proc.read(Path.of("/proc/" + pid + "/cgroup"))
        .flatMap(groups -> versionOne(groups).or(() -> versionTwo(groups)));
  }

  /** {@code 7:cpu,cpuacct:/path}, cgroups(7). */
  private static Optional<CpuQuota> versionOne(String groups) {
    return groups
        .lines()
        .map(line -> line.split(":", 3))
        .filter(f -> f.length == 3 && ("," + f[1] + ",").contains(",cpu,"))
        .findFirst()
        .flatMap(
            f -> {
              Path group = MOUNT.resolve(f[1]).resolve(f[2].substring(1));
              Path folder =
                  Proc.read(group.resolve("cpu.stat")).isPresent()
                      ? group
                      : MOUNT.resolve("cpu").resolve(f[2].substring(1));
              double quota = number(folder.resolve("cpu.cfs_quota_us")).orElse(-1);
              double period = number(folder.resolve("cpu.cfs_period_us")).orElse(100_000);
              return Proc.read(folder.resolve("cpu.stat"))
                  .map(stat -> parse(stat, quota, period, "throttled_time ", 1));
            });
  }

  /** {@code 0::/path}; cpu.max is {@code QUOTA PERIOD}, QUOTA may be max. */
  private static Optional<CpuQuota> versionTwo(String groups) {
    return groups
        .lines()
        .filter(line -> line.startsWith("0::/"))
        .findFirst()
        .map(line -> MOUNT.resolve(line.substring(4)))
        .flatMap(
            folder -> {
              String[] max = Proc.read(folder.resolve("cpu.max")).orElse("max 1").split("\\s+", -1);
              double quota = max[0].equals("max") ? -1 : Double.parseDouble(max[0]);
              return Proc.read(folder.resolve("cpu.stat"))
                  .map(
                      stat ->
                          parse(stat, quota, Double.parseDouble(max[1]), "throttled_usec ", 1_000));
            });
  }

  private static CpuQuota parse(
      String stat, double quotaMicros, double periodMicros, String time, long nanosEach) {
    return new CpuQuota(
        quotaMicros > 0 ? OptionalDouble.of(quotaMicros / periodMicros) : OptionalDouble.empty(),
        value(stat, "nr_periods "),
        value(stat, "nr_throttled "),
        value(stat, time) * nanosEach);
  }

  private static long value(String stat, String name) {
    return stat.lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> Long.parseLong(line.substring(name.length()).strip()))
        .orElse(0L);
  }

  private static OptionalDouble number(Path file) {
    return Proc.read(file)
        .map(text -> OptionalDouble.of(Double.parseDouble(text.strip())))
        .orElse(OptionalDouble.empty());
  }
}
