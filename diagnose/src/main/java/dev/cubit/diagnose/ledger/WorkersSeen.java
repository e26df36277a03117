package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.jvm.DumpedThread;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the threads that take work: those that wait for some when there is no load. One that waits
 * in a selector is an event loop; the others belong to pools, by their executor or their name.
 */
final class WorkersSeen {
  private final Parties parties;
  private final Map<Long, Double> busyCores = new HashMap<>();
  private final Set<Long> loops = new HashSet<>();
  private final Set<Long> workers = new HashSet<>();
  private final Map<String, Seen> seen = new LinkedHashMap<>();

  private WorkersSeen(Parties parties) {
    this.parties = parties;
  }

  /** The busiest first. */
  static List<Workers> of(List<Look> idle, List<Look> loaded, MachineUse use, Parties parties) {
    WorkersSeen found = new WorkersSeen(parties);
    use.threads().stream()
        .filter(t -> t.thread().javaId() > 0)
        .forEach(t -> found.busyCores.put(t.thread().javaId(), t.cpu() + t.ready()));
    idle.forEach(found::learn);
    loaded.forEach(found::learnPools);
    loaded.forEach(found::add);
    return found.seen.values().stream()
        .filter(s -> s.threads.size() > 0)
        .map(s -> s.workers(loaded.size()))
        .sorted(Comparator.comparingDouble(Workers::busy).reversed())
        .toList();
  }

  private void learn(Look look) {
    for (DumpedThread thread : look.dump().threads()) {
      if (thread.virtual() || isCarrier(thread) || thread.stack().isEmpty()) {
        continue;
      }
      Waiting waiting = Waiting.of(thread.stack(), thread.state());
      if (waiting.isSelector()) {
        loops.add(thread.id());
      }
    }
    learnPools(look);
  }

  /** A pool may make its threads only when there is work. */
  private void learnPools(Look look) {
    for (DumpedThread thread : look.dump().threads()) {
      if (!thread.virtual() && !loops.contains(thread.id()) && isOfPool(thread)) {
        workers.add(thread.id());
      }
    }
  }

  private static boolean isOfPool(DumpedThread thread) {
    if (isCarrier(thread)) {
      return false;
    }
    for (Frame frame : thread.stack()) {
      String type = frame.type();
      if (type.equals("java.util.concurrent.ThreadPoolExecutor$Worker")
          || type.equals("java.util.concurrent.ForkJoinWorkerThread")
          || type.equals("org.eclipse.jetty.util.thread.QueuedThreadPool$Runner")
          || type.endsWith("ThreadPoolExecutor$Worker")
          || type.endsWith("EnhancedQueueExecutor$ThreadBody")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCarrier(DumpedThread thread) {
    return thread.name().startsWith("ForkJoinPool-1-worker")
        || thread.stack().stream()
            .anyMatch(f -> f.name().equals("java.lang.VirtualThread.runContinuation"));
  }

  private void add(Look look) {
    Map<String, Integer> sizes = new HashMap<>();
    for (DumpedThread thread : look.dump().threads()) {
      boolean loop = loops.contains(thread.id());
      if (loop || workers.contains(thread.id())) {
        String name = loop ? thread.name() : pool(thread);
        seen.computeIfAbsent(name, n -> new Seen(n, loop)).add(thread, Doing.of(thread, parties));
        sizes.merge(name, 1, Integer::sum);
      }
    }
    seen.forEach(
        (name, workersOfName) -> {
          if (sizes.containsKey(name)) {
            workersOfName.sizes.add(sizes.getOrDefault(name, 0));
          }
        });
  }

  private static String pool(DumpedThread thread) {
    return thread.name().replaceAll("\\d+", "#");
  }

  private final class Seen {
    private final String name;
    private final boolean loop;
    private final Set<Long> threads = new HashSet<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final Map<Activity, Integer> doing = new EnumMap<>(Activity.class);
    private final Map<String, Integer> stacks = new HashMap<>();
    private final Map<String, List<Frame>> examples = new HashMap<>();
    private int all;
    private int busy;
    private int application;

    Seen(String name, boolean loop) {
      this.name = name;
      this.loop = loop;
    }

    void add(DumpedThread thread, Doing now) {
      threads.add(thread.id());
      all++;
      if (now.activity() == Activity.IDLE) {
        return;
      }
      busy++;
      doing.merge(now.activity(), 1, Integer::sum);
      if (parties.worksForApplication(thread.stack())) {
        application++;
      }
      String site = now.site().map(Frame::name).orElse("");
      stacks.merge(site, 1, Integer::sum);
      examples.putIfAbsent(site, thread.stack());
    }

    Workers workers(int looks) {
      double size = sizes.stream().mapToInt(Integer::intValue).average().orElse(0);
      double each = 1.0 / Math.max(1, all);
      Map<Activity, Double> shares = new EnumMap<>(Activity.class);
      doing.forEach((activity, count) -> shares.put(activity, count * each));
      double onCores =
          threads.stream().mapToDouble(id -> busyCores.getOrDefault(id, 0.0)).sum()
              / Math.max(1, threads.size());
      // a pool that was seen in few looks makes and ends its threads: it is not full
      double present = (double) sizes.size() / looks;
      return new Workers(
          name,
          loop,
          (int) Math.round(size),
          Math.min(1, Math.max(busy * each * present, onCores)),
          application * each * present,
          shares,
          stacks.entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .map(e -> examples.getOrDefault(e.getKey(), List.of()))
              .orElse(List.of()));
    }
  }
}
