package dev.cubit.scale.clone;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What all clones write: a file and the recent lines of each, and those who follow. */
final class Logs {
  private final Path folder;
  private final Map<String, CloneLog> logs = new ConcurrentHashMap<>();
  private final List<LogFollower> followers = new CopyOnWriteArrayList<>();

  Logs(Path folder) {
    this.folder = folder;
  }

  /**
   * Successive processes of a clone share one.
   *
   * @param fileName without what rotation and kind add to it
   */
  CloneLog of(String service, String name, String fileName) {
    return logs.computeIfAbsent(
        name,
        n ->
            new CloneLog(
                service, name, new RotatingFile(folder.resolve(fileName + ".log")), this::tell));
  }

  private void tell(LogLine line) {
    followers.forEach(follower -> follower.offer(line));
  }

  /** The recent lines of a clone; none where it has written none. */
  List<LogLine> recent(String name) {
    CloneLog log = logs.get(name);
    return log == null ? List.of() : log.recent();
  }

  /** The clone is no more: its file stays. */
  void forget(String name) {
    CloneLog log = logs.remove(name);
    if (log != null) {
      log.close();
    }
  }

  LogFollower follow() {
    LogFollower follower = new LogFollower(followers::remove);
    followers.add(follower);
    return follower;
  }

  void close() {
    List.copyOf(logs.keySet()).forEach(this::forget);
  }
}
