package dev.cubit.target;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the scheduler has accounted to one thread of a process since the thread began,
 * /proc/PID/task/TID/schedstat.
 *
 * @param name as the kernel keeps it: the first 15 bytes
 * @param cpuNanos on a core
 * @param runQueueNanos ready to run, but without a core
 */
public record ThreadTimes(long id, String name, long cpuNanos, long runQueueNanos) {

  /** Of all threads that a process has now; none where that cannot be read. */
  public static List<ThreadTimes> of(long pid) {
    return Proc.tasks(pid).stream().flatMap(ThreadTimes::read).toList();
  }

  /**
   * CPU time of the whole process in nanoseconds, ended threads too; 0 where it is not to be known.
   */
  public static long ofProcess(long pid) {
    return Proc.cpuNanos(pid).orElse(0L);
  }

  private static Stream<ThreadTimes> read(Path task) {
    Optional<String> name = Proc.read(task.resolve("comm")).map(String::strip);
    return Proc.read(task.resolve("schedstat"))
        .map(line -> line.strip().split(" ", -1))
        .filter(fields -> fields.length >= 2)
        .map(
            fields ->
                new ThreadTimes(
                    Long.parseLong(task.getFileName().toString()),
                    name.orElse(""),
                    Long.parseLong(fields[0]),
                    Long.parseLong(fields[1])))
        .stream();
  }
}
