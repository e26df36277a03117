package dev.cubit.report;

import dev.cubit.load.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The throughput of the last seconds, a block each, from 0 to the highest of them. */
final class Sparkline {
  private static final String LEVELS = "▁▂▃▄▅▆▇█";
  static final int SECONDS = 20;

  /** Samples of one second, added up. */
  private record Second(long number, long responses, Duration length) {
    double rate() {
      return length.isPositive() ? responses / (length.toNanos() / 1e9) : 0;
    }
  }

  private final Deque<Second> seconds = new ArrayDeque<>();

  void clear() {
    seconds.clear();
  }

  /** A sample belongs to the second in which its middle lies. */
  void add(Progress progress) {
    Duration length = progress.last().length();
    long number = progress.elapsed().minus(length.dividedBy(2)).toSeconds();
    long responses = progress.last().responses();
    Second before = seconds.peekLast();
    if (before != null && number < before.number()) {
      seconds.clear(); // another load has begun
    } else if (before != null && number == before.number()) {
      seconds.removeLast();
      responses += before.responses();
      length = length.plus(before.length());
    }
    seconds.addLast(new Second(number, responses, length));
    if (seconds.size() > SECONDS) {
      seconds.removeFirst();
    }
  }

  /** Responses a second in the latest second; 0 where there is none. */
  double latest() {
    Second last = seconds.peekLast();
    return last == null ? 0 : last.rate();
  }

  /** A block for each of the latest so many seconds. */
  String draw(int most) {
    double max = seconds.stream().mapToDouble(Second::rate).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (Second second : seconds.stream().skip(Math.max(0, seconds.size() - most)).toList()) {
      int level = max <= 0 ? 0 : (int) Math.min(7, second.rate() / max * 7.999);
      line.append(LEVELS.charAt(level));
    }
    return line.toString();
  }
}
