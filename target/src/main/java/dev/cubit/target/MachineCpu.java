package dev.cubit.target;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * The CPU time of the whole machine since it was booted, from the first line of /proc/stat.
 *
 * @param busyTicks of all cores: everything but idle and waiting for I/O
 * @param stealTicks taken by the host of a virtual machine
 * @param allTicks of all cores; 0 where it is not known
 */
public record MachineCpu(long busyTicks, long stealTicks, long allTicks) {
  public static MachineCpu now() {
    return Proc.read(Path.of("/proc/stat"))
        .flatMap(text -> text.lines().findFirst())
        .map(MachineCpu::parse)
        .orElse(new MachineCpu(0, 0, 0));
  }

  /**
   * {@code cpu user nice system idle iowait irq softirq steal guest guest_nice}; guests are in
   * user.
   */
  static MachineCpu parse(String line) {
    long[] ticks =
        Arrays.stream(line.strip().split("\\s+", -1))
            .skip(1)
            .limit(8)
            .mapToLong(Long::parseLong)
            .toArray();
    long all = Arrays.stream(ticks).sum();
    long steal = ticks.length > 7 ? ticks[7] : 0;
    return new MachineCpu(all - ticks[3] - ticks[4], steal, all);
  }

  /** Share of the machine's CPU that was in use since then, 0 to 1; 0 where it is not known. */
  public double busyShareSince(MachineCpu earlier) {
    return share(busyTicks - earlier.busyTicks, allTicks - earlier.allTicks);
  }

  /** Share that the host took away since then, 0 to 1. */
  public double stealShareSince(MachineCpu earlier) {
    return share(stealTicks - earlier.stealTicks, allTicks - earlier.allTicks);
  }

  private static double share(long part, long whole) {
    return whole <= 0 ? 0 : Math.clamp((double) part / whole, 0, 1);
  }
}
