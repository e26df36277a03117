package dev.cubit.scale.clone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Four clients that ask all the time, until they are stopped. */
final class Load {
  private final Balancer balancer;
  private final List<Thread> clients = new ArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();
  private volatile boolean stopped;

  Load(Balancer balancer) {
    this.balancer = balancer;
    for (int i = 0; i < 4; i++) {
      clients.add(Thread.ofVirtual().start(this::ask));
    }
  }

  private void ask() {
    while (!stopped) {
      try {
        balancer.ask("/");
        answers.incrementAndGet();
        Thread.sleep(1);
      } catch (IOException | InterruptedException e) {
        failures.add(e.toString());
      }
    }
  }

  void stop() throws InterruptedException {
    stopped = true;
    for (Thread client : clients) {
      client.join();
    }
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  int answers() {
    return answers.get();
  }
}
