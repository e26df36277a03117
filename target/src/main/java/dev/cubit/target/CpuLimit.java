package dev.cubit.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A control group whose processes together may use so much CPU time a second, and no more; kernel
 * documentation, scheduler/sched-bwc (version 1: cpu.cfs_quota_us) and admin-guide/cgroup-v2
 * (cpu.max). Making one takes root, or a group that was handed over to this user.
 *
 * <p>Version 1: below the group of this process, so that what holds for Cubit holds for it as well.
 * Version 2: at the top of what is mounted, as a group with processes of its own cannot have groups
 * with limits in it.
 */
public final class CpuLimit {
  private static final Path MOUNT = Path.of("/sys/fs/cgroup");
  private static final String PREFIX = "cubit-";
  private static final long PERIOD_MICROS = 100_000;

  /** The kernel takes no quota below 1 ms. */
  private static final double LEAST_CORES = 0.01;

  /** The process moves itself before it becomes the command, so that all of it is inside. */
  private static final String ENTER = "echo 0 > \"$0\" && exec \"$@\"";

  private final boolean second;
  private final Path group;
  private final double cores;

  private CpuLimit(boolean second, Path group, double cores) {
    this.second = second;
    this.group = group;
    this.cores = cores;
  }

  /**
   * One that is still to be made.
   *
   * @param name part of the group's, unique on this machine
   * @param cores seconds of CPU time a second, at least 0.01
   */
  public static CpuLimit of(String name, double cores) {
    return of(MOUNT, Proc.read(Path.of("/proc/self/cgroup")).orElse(""), name, cores);
  }

  static CpuLimit of(Path mount, String ownGroups, String name, double cores) {
    if (!(cores >= LEAST_CORES)) {
      throw new IllegalArgumentException("a CPU limit is at least 0.01 cores, not " + cores);
    }
    boolean second = Files.exists(mount.resolve("cgroup.controllers"));
    Path parent = second ? mount : parent(mount, ownGroups);
    return new CpuLimit(second, parent.resolve(PREFIX + name), cores);
  }

  /**
   * Makes the group.
   *
   * @throws TargetException where this machine or user cannot
   */
  public void make() throws TargetException {
    Path parent = Objects.requireNonNull(group.getParent());
    long quota = Math.round(cores * PERIOD_MICROS);
    try {
      if (second) {
        enableCpu(parent);
        Files.createDirectory(group);
        write(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      } else {
        Files.createDirectory(group);
        write(group.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
        write(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
      }
    } catch (IOException e) {
      removeQuietly(group);
      throw new TargetException(
          "cannot limit the CPU by a control group below "
              + parent
              + " ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + "): run as root, or take the limit out",
          List.of());
    }
  }

  private static Path parent(Path mount, String ownGroups) {
    Path cpu = mount.resolve("cpu");
    return ownGroups
        .lines()
        .map(line -> line.split(":", 3))
        .filter(f -> f.length == 3 && ("," + f[1] + ",").contains(",cpu,"))
        .map(f -> cpu.resolve(f[2].substring(1)))
        .filter(Files::isDirectory) // in a container, the path may be the host's
        .findFirst()
        .orElse(cpu);
  }

  private static void enableCpu(Path parent) throws IOException {
    Path control = parent.resolve("cgroup.subtree_control");
    if (!List.of(Files.readString(control).strip().split(" ", -1)).contains("cpu")) {
      write(control, "+cpu");
    }
  }

  private static void write(Path file, String value) throws IOException {
    Files.writeString(file, value);
  }

  /** Where it is, for {@link #remove(Path)} by a later Cubit. */
  public Path group() {
    return group;
  }

  /** The command that enters the group and then becomes that one. */
  public List<String> around(List<String> words) {
    List<String> inside = new ArrayList<>();
    inside.addAll(List.of("sh", "-c", ENTER, group.resolve("cgroup.procs").toString()));
    inside.addAll(words);
    return inside;
  }

  /** Removes it. Its processes have ended. */
  public void remove() throws IOException, InterruptedException {
    remove(group);
  }

  /**
   * Removes one that was made here, also by an earlier Cubit; any other folder is left alone.
   *
   * @throws IOException where processes are still in it
   */
  public static void remove(Path group) throws IOException, InterruptedException {
    if (!group.startsWith(MOUNT) || !group.getFileName().toString().startsWith(PREFIX)) {
      return;
    }
    for (int looks = 50; ; looks--) {
      try {
        Files.delete(group);
        return;
      } catch (NoSuchFileException e) {
        return;
      } catch (IOException e) {
        if (looks == 0) {
          throw e;
        }
        Thread.sleep(20); // one that has just ended is in it until its parent has heard of it
      }
    }
  }

  private static void removeQuietly(Path group) {
    try {
      Files.deleteIfExists(group);
    } catch (IOException e) {
      // the sentence about the first failure says more
    }
  }
}
