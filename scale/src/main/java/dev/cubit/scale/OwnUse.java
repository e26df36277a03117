package dev.cubit.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What this process itself has used: the gateway and all that is around it, no clones.
 *
 * @param cpuNanos since its start, in steps of 10 ms
 * @param rssBytes now; 0 where the kernel does not tell
 */
record OwnUse(long cpuNanos, long rssBytes) {
  private static final String RSS = "VmRSS:";

  static OwnUse now() {
    long cpu = ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    return new OwnUse(cpu, rss());
  }

  /** Of /proc/self/status, see proc(5): {@code VmRSS: 1234 kB}. */
  private static long rss() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(RSS))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // no Linux
    }
  }
}
