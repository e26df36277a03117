package dev.cubit.zoo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A control group with a CPU quota, into which this process moves, as if a container had been
 * started with {@code --cpus}. Kernel documentation, scheduler/sched-bwc; needs root.
 */
final class Quota {
  private static final Path MOUNT = Path.of("/sys/fs/cgroup");
  private static final long PERIOD_MICROS = 100_000;

  private Quota() {}

  /** Moves this process, which leaves again when it ends. */
  static void enter(double cores) throws IOException {
    boolean first = Files.isDirectory(MOUNT.resolve("cpu"));
    var parent = first ? MOUNT.resolve("cpu") : MOUNT;
    var group = parent.resolve("zoo-" + ProcessHandle.current().pid());
    long quota = (long) (cores * PERIOD_MICROS);
    try {
      Files.createDirectory(group);
      if (first) {
        Files.writeString(group.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
      } else {
        Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      }
      move(group);
    } catch (IOException e) {
      throw new IOException(
          "no CPU quota can be set under " + parent + " (that takes root): " + e.getMessage(), e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(parent, group)));
  }

  private static void move(Path group) throws IOException {
    Files.writeString(group.resolve("cgroup.procs"), Long.toString(ProcessHandle.current().pid()));
  }

  private static void leave(Path parent, Path group) {
    try {
      move(parent);
      Files.delete(group);
    } catch (IOException e) {
      System.err.println("zoo: " + group + " stays: " + e.getMessage());
    }
  }
}
