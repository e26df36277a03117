package dev.cubit.scale.clone;

import dev.cubit.scale.topology.ServicePlan;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Sends real requests to the clones that take them, each in turn, and writes down what it is told.
 */
final class Balancer implements Traffic {
  private final Map<Clone, Boolean> taking = new LinkedHashMap<>(); // guarded by this, as all here
  private final Map<Clone, Integer> underWay = new HashMap<>();
  private final Map<Clone, CompletableFuture<Void>> draining = new HashMap<>();
  private final Map<Clone, Long> sent = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private int next;
  private Runnable trap = () -> {};

  private synchronized void tell(String what, Clone clone) {
    told.add(what + " " + clone.name() + "/" + clone.generation());
  }

  /** Done at each admission and suspension from now on, as a bug would. */
  synchronized void trap(Runnable bug) {
    trap = bug;
  }

  @Override
  public synchronized void admit(Clone clone) {
    trap.run();
    tell("admit", clone);
    taking.put(clone, true);
  }

  @Override
  public synchronized void suspend(Clone clone) {
    trap.run();
    tell("suspend", clone);
    taking.replace(clone, false);
  }

  @Override
  public synchronized void resume(Clone clone) {
    tell("resume", clone);
    taking.replace(clone, true);
  }

  @Override
  public synchronized CompletableFuture<Void> drain(Clone clone) {
    tell("drain", clone);
    taking.remove(clone);
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (underWay.getOrDefault(clone, 0) == 0) {
      done.complete(null);
    } else {
      draining.put(clone, done);
    }
    return done;
  }

  @Override
  public synchronized void forget(Clone clone) {
    tell("forget", clone);
    taking.remove(clone);
  }

  @Override
  public synchronized long requests(Clone clone) {
    return sent.getOrDefault(clone, 0L);
  }

  @Override
  public void changeOver(ServicePlan plan) {
    // it sends to all that are admitted
  }

  @Override
  public synchronized void end() {
    told.add("end");
    taking.clear();
  }

  synchronized List<String> told() {
    return List.copyOf(told);
  }

  /** Those that take requests. */
  synchronized List<Clone> clones() {
    return taking.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }

  synchronized List<Clone> clones(String service) {
    return clones().stream().filter(clone -> clone.service().equals(service)).toList();
  }

  private synchronized Clone choose() throws IOException {
    List<Clone> all = clones();
    if (all.isEmpty()) {
      throw new IOException("no clone takes requests");
    }
    Clone clone = all.get(next++ % all.size());
    underWay.merge(clone, 1, Integer::sum);
    sent.merge(clone, 1L, Long::sum);
    return clone;
  }

  private synchronized void answered(Clone clone) {
    if (underWay.merge(clone, -1, Integer::sum) == 0 && draining.containsKey(clone)) {
      Objects.requireNonNull(draining.remove(clone)).complete(null);
    }
  }

  /** The body of the answer of the next clone. */
  String ask(String path) throws IOException {
    Clone clone = choose();
    try {
      return ask(clone, path);
    } finally {
      answered(clone);
    }
  }

  static String ask(Clone clone, String path) throws IOException {
    try (Socket socket = new Socket(clone.host(), clone.port())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(("GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!answer.startsWith("HTTP/1.1 200")) {
        throw new IOException("answered: '" + answer + "'");
      }
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }
}
