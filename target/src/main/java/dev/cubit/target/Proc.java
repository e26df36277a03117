package dev.cubit.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Linux tells of processes in /proc, proc(5). A process may end at any moment, so each
 * question may have no answer. Elsewhere than on Linux none has.
 */
final class Proc {
  private static final Path ROOT = Path.of("/proc");

  /** Ticks of utime and stime: USER_HZ, 100 on every Linux architecture that runs Java. */
  private static final long NANOS_PER_TICK = 10_000_000;

  /** The parent of all kernel threads. */
  private static final long KTHREADD = 2;

  private static final long PAGE_BYTES = pageBytes();

  private Proc() {}

  static boolean isThere() {
    return Files.isReadable(ROOT.resolve("self/stat"));
  }

  /**
   * The parts of /proc/PID/stat that are used here.
   *
   * @param cpuNanos user and system time of its own, in steps of 10 ms
   * @param childrenCpuNanos of the children it has waited for
   * @param threads of which the first may have ended before the others
   * @param startTicks since the machine was booted: with the pid, it names a process for good
   */
  record Stat(
      char state, long parent, long cpuNanos, long childrenCpuNanos, int threads, long startTicks) {
    /** A zombie whose other threads still end holds its files and sockets as long as they do. */
    boolean isGone() {
      return state == 'Z' && threads <= 1;
    }

    boolean isOfKernel() {
      return parent == KTHREADD || parent == 0;
    }
  }

  static Optional<Stat> stat(long pid) {
    return read(ROOT.resolve(pid + "/stat")).map(Proc::parseStat);
  }

  /** The command's name in it may hold spaces and parentheses: what counts comes after the last. */
  static Stat parseStat(String line) {
    String[] fields = line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1);
    return new Stat(
        fields[0].charAt(0),
        Long.parseLong(fields[1]),
        (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK,
        (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * NANOS_PER_TICK,
        Integer.parseInt(fields[17]),
        Long.parseLong(fields[19]));
  }

  /**
   * CPU time of a process in nanoseconds: of its living threads by the scheduler's own account,
   * which is exact, and at least what stat says, as that has the threads that have ended.
   */
  static Optional<Long> cpuNanos(long pid) {
    return stat(pid)
        .map(
            stat -> {
              long threads = 0;
              for (Path task : tasks(pid)) {
                threads +=
                    read(task.resolve("schedstat"))
                        .map(s -> Long.parseLong(s.substring(0, s.indexOf(' '))))
                        .orElse(0L);
              }
              return Math.max(threads, stat.cpuNanos());
            });
  }

  static Optional<Long> rssBytes(long pid) {
    return read(ROOT.resolve(pid + "/statm"))
        .map(s -> Long.parseLong(s.split(" ", 3)[1]) * PAGE_BYTES);
  }

  /** The words of its command, or its name in brackets where it has none. */
  static Optional<String> command(long pid) {
    return read(ROOT.resolve(pid + "/cmdline"))
        .map(s -> s.replace('\0', ' ').strip())
        .filter(s -> !s.isEmpty());
  }

  /**
   * Its environment as it was at its start, each line ended by NUL; empty where it cannot be read,
   * as other users'. A kernel thread's has no line, nor has that of a process for a moment in
   * execve(2), between two programs.
   */
  static Optional<String> environment(long pid) {
    return read(ROOT.resolve(pid + "/environ"));
  }

  static boolean hasInEnvironment(long pid, String line) {
    return environment(pid).map(e -> hasLine(e, line)).orElse(false);
  }

  static boolean hasLine(String environment, String line) {
    return ("\0" + environment).contains("\0" + line + "\0");
  }

  static List<Long> pids() {
    return list(ROOT).stream()
        .map(p -> p.getFileName().toString())
        .filter(name -> !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9'))
        .map(Long::valueOf)
        .toList();
  }

  /** The inodes of the sockets that a process has open. */
  static List<Long> socketInodes(long pid) {
    List<Long> inodes = new ArrayList<>();
    for (Path fd : list(ROOT.resolve(pid + "/fd"))) {
      try {
        String target = Files.readSymbolicLink(fd).toString();
        if (target.startsWith("socket:[")) {
          inodes.add(Long.valueOf(target.substring(8, target.length() - 1)));
        }
      } catch (IOException e) {
        // closed in the meantime
      }
    }
    return inodes;
  }

  /** The folders of its threads. */
  static List<Path> tasks(long pid) {
    return list(ROOT.resolve(pid + "/task"));
  }

  /** True where it has the JVM's library in memory. */
  static boolean isJvm(long pid) {
    return read(ROOT.resolve(pid + "/maps")).map(m -> m.contains("/libjvm.so")).orElse(false);
  }

  static Optional<String> read(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<Path> list(Path folder) {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(paths::add);
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // ended in the meantime, or another user's
    }
    return paths;
  }

  /** From what the kernel says of one mapping, as Java does not tell. */
  private static long pageBytes() {
    return read(ROOT.resolve("self/smaps"))
        .flatMap(s -> s.lines().filter(l -> l.startsWith("KernelPageSize:")).findFirst())
        .map(l -> Long.parseLong(l.replaceAll("\\D", "")) * 1024)
        .orElse(4096L);
  }
}
