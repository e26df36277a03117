package dev.cubit.scale.clone;

import dev.cubit.scale.topology.ScaleException;
import dev.cubit.target.CpuLimit;
import dev.cubit.target.Leftovers;
import dev.cubit.target.ProcessId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one running system. A lock on a file in it, which the kernel takes back when the
 * process ends however it does, keeps a second system out. A second file says what runs, so that
 * after a {@code kill -9} the next start finds and ends it:
 *
 * <pre>
 *   up PID START              this process
 *   mark CUBIT_UP=UUID        in the environment of all clones: finds one killed between start and here
 *   clone PID START NAME      START in clock ticks since boot, as a pid alone may be another's by now
 *   group PATH                a control group, written before it is made
 * </pre>
 *
 * It is written whole, to another file that then takes its place.
 */
final class UpFolder implements AutoCloseable {
  private static final String MARK = "CUBIT_UP";

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;
  private final String mark = MARK + "=" + UUID.randomUUID();

  // guarded by this
  private final Map<ProcessId, String> clones = new LinkedHashMap<>();
  private final Set<Path> groups = new LinkedHashSet<>();

  /** What an earlier system has left in the file. */
  private record Left(
      List<ProcessId> clones, List<Path> groups, @Nullable String mark, @Nullable Long up) {}

  private UpFolder(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the folder, and makes it where it is not there.
   *
   * @throws ScaleException where another system has it, or it cannot be written
   */
  static UpFolder take(Path folder) throws ScaleException {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = lock(channel);
      if (lock == null) {
        channel.close();
        Long up = read(folder).up();
        throw new ScaleException(
            "this system is up already"
                + (up == null ? "" : ", by the process " + up)
                + ": end that first (cubit down), or give this one another name");
      }
      return new UpFolder(folder, channel, lock);
    } catch (IOException e) {
      throw new ScaleException("cannot keep what runs in " + folder + ": " + e, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // by this very JVM
    }
  }

  private static Left read(Path folder) throws IOException {
    List<ProcessId> clones = new ArrayList<>();
    List<Path> groups = new ArrayList<>();
    String mark = null;
    Long up = null;
    Path file = folder.resolve("state");
    for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "up" -> up = Long.valueOf(words[1]);
        case "mark" -> mark = words[1];
        case "clone" ->
            clones.add(new ProcessId(Long.parseLong(words[1]), Long.parseLong(words[2])));
        case "group" -> groups.add(Path.of(line.substring(6)));
        default -> throw new IOException("a line that is not understood in " + file + ": " + line);
      }
    }
    return new Left(clones, groups, mark, up);
  }

  /**
   * Ends what an earlier system has left, and begins to keep this one.
   *
   * @return how many processes were left
   */
  int endLeftovers(Duration grace) throws ScaleException, InterruptedException {
    try {
      Left left = read(folder);
      int ended = left.mark() == null ? 0 : Leftovers.end(left.clones(), left.mark(), grace);
      for (Path group : left.groups()) {
        CpuLimit.remove(group);
      }
      synchronized (this) {
        write();
      }
      return ended;
    } catch (IOException e) {
      throw new ScaleException("cannot end what an earlier system has left: " + e, e);
    }
  }

  /** The name and value of the mark. */
  Map.Entry<String, String> mark() {
    return Map.entry(MARK, mark.substring(MARK.length() + 1));
  }

  synchronized void started(String name, ProcessId id) throws IOException {
    clones.put(id, name);
    write();
  }

  synchronized void ended(ProcessId id) {
    clones.remove(id);
    writeIfPossible();
  }

  synchronized void groupMade(Path group) throws IOException {
    groups.add(group);
    write();
  }

  synchronized void groupRemoved(Path group) {
    groups.remove(group);
    writeIfPossible();
  }

  /** A file that tells of what has ended does no harm: the next start finds none of it. */
  private void writeIfPossible() {
    try {
      write();
    } catch (IOException e) {
      // as said above
    }
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>();
    long self = ProcessHandle.current().pid();
    lines.add("up " + self + " " + ProcessId.of(self).map(ProcessId::startTicks).orElse(0L));
    lines.add("mark " + mark);
    clones.forEach(
        (id, name) -> lines.add("clone " + id.pid() + " " + id.startTicks() + " " + name));
    groups.forEach(group -> lines.add("group " + group));
    Path next = folder.resolve("state.next");
    Files.write(next, lines);
    Files.move(
        next,
        folder.resolve("state"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  Path logs() {
    return folder.resolve("logs");
  }

  /** All has ended: there is nothing to find for the next. */
  @Override
  public synchronized void close() {
    if (clones.isEmpty() && groups.isEmpty()) {
      try {
        Files.deleteIfExists(folder.resolve("state"));
      } catch (IOException e) {
        // what it tells of has ended
      }
    }
    letGo();
  }

  /** Leaves the folder as it is to the next. */
  void letGo() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      // the lock goes with this process
    }
  }
}
