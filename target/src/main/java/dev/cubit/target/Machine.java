package dev.cubit.target;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A machine, as far as a measurement depends on it.
 *
 * @param cores that this process may use
 * @param cpuModel as the kernel names it, or the architecture
 * @param memoryBytes in all; 0 where it is not known
 * @param system name and version of the operating system's distribution
 * @param java vendor and version of the JVM that runs Cubit
 */
public record Machine(
    int cores, String cpuModel, long memoryBytes, String system, String kernel, String java) {

  /** This machine. */
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        line("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch", "unknown")),
        line("/proc/meminfo", "MemTotal")
            .map(v -> Long.parseLong(v.replaceAll("\\D", "")) * 1024)
            .orElse(0L),
        line("/etc/os-release", "PRETTY_NAME")
            .map(v -> v.replace("\"", ""))
            .orElse(System.getProperty("os.name", "unknown")),
        System.getProperty("os.name", "unknown") + " " + System.getProperty("os.version", ""),
        System.getProperty("java.vendor", "unknown")
            + " "
            + System.getProperty("java.version", ""));
  }

  /** The first line {@code name: value} or {@code name=value} of a file. */
  private static Optional<String> line(String file, String name) {
    return Proc.read(Path.of(file))
        .flatMap(
            text ->
                text.lines()
                    .filter(l -> l.startsWith(name))
                    .map(l -> l.substring(name.length()).replaceFirst("^\\s*[:=]\\s*", "").strip())
                    .findFirst());
  }

  /** True where an address of a target is this machine's own. */
  public static boolean isLocal(InetAddress address) {
    return address.isLoopbackAddress() || address.isAnyLocalAddress();
  }
}
