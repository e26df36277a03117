package dev.cubit.scale.clone;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one clone writes: to its file, to those who follow, and the last lines are kept, at most
 * {@value #MOST_LINES} of them and {@value #MOST_CHARACTERS} characters. A file that cannot be
 * written is said once and left alone: the clone goes on.
 */
final class CloneLog {
  static final int MOST_LINES = 500;
  static final int MOST_CHARACTERS = 128 << 10;
  static final int LAST = 20;

  private final String service;
  private final String name;
  private final Consumer<LogLine> followers;

  // guarded by this
  private final RotatingFile file;
  private final Deque<LogLine> recent = new ArrayDeque<>();
  private int characters;
  private boolean broken;

  CloneLog(String service, String name, RotatingFile file, Consumer<LogLine> followers) {
    this.service = service;
    this.name = name;
    this.file = file;
    this.followers = followers;
  }

  /** It is in the file before anybody hears of it. */
  synchronized void write(LogLine.Source source, String text) {
    Optional<String> failure = broken ? Optional.empty() : append(text);
    keep(new LogLine(service, name, Instant.now(), source, text));
    failure.ifPresent(
        why -> keep(new LogLine(service, name, Instant.now(), LogLine.Source.ERR, why)));
  }

  private Optional<String> append(String text) {
    try {
      file.write(text);
      return Optional.empty();
    } catch (IOException e) {
      broken = true;
      return Optional.of("cubit: its log is not written any more: " + e);
    }
  }

  private void keep(LogLine line) {
    recent.addLast(line);
    characters += line.text().length();
    while (recent.size() > MOST_LINES || (characters > MOST_CHARACTERS && recent.size() > 1)) {
      characters -= recent.removeFirst().text().length();
    }
    followers.accept(line);
  }

  synchronized List<LogLine> recent() {
    return new ArrayList<>(recent);
  }

  /** The last lines since a moment. */
  List<String> last(Instant since) {
    List<String> lines =
        recent().stream().filter(l -> !l.at().isBefore(since)).map(LogLine::text).toList();
    return lines.subList(Math.max(0, lines.size() - LAST), lines.size());
  }

  synchronized void close() {
    broken = true;
    file.close();
  }
}
