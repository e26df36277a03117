package dev.cubit.zoo;

import java.io.IOException;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;

/** Asks the warehouse over plain connections, which are kept in several ways. */
final class Warehouse {
  private static final String QUESTION = "stock of 4711";

  private Warehouse() {}

  /** As many connections as there are requests at once. */
  static Work open(int backend) {
    var idle = new ConcurrentLinkedDeque<Line>();
    return query -> {
      var kept = idle.pollFirst();
      var line = kept == null ? new Line(backend) : kept;
      var answer = line.ask(QUESTION);
      idle.addFirst(line);
      return answer;
    };
  }

  /** So many at once, others wait for a permit. */
  static Work permitted(int backend, int permits) {
    var free = new Semaphore(permits);
    var open = open(backend);
    return query -> {
      free.acquire();
      try {
        return open.answer(query);
      } finally {
        free.release();
      }
    };
  }

  /** So many are opened beforehand, others wait until one comes back. */
  static Work shared(int backend, int count) throws IOException {
    BlockingDeque<Line> idle = new LinkedBlockingDeque<>();
    for (int i = 0; i < count; i++) {
      idle.add(new Line(backend));
    }
    return query -> {
      var line = idle.takeFirst();
      try {
        return line.ask(QUESTION);
      } finally {
        idle.addFirst(line);
      }
    };
  }
}
