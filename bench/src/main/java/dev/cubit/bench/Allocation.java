package dev.cubit.bench;

import com.sun.management.ThreadMXBean;
import dev.cubit.load.Connections;
import dev.cubit.load.Extent;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.LoadRun;
import dev.cubit.load.Progress;
import dev.cubit.load.Request;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How many bytes of heap a request costs the load generator, all of its threads together. */
final class Allocation {
  private static final int WARM_UP_SECONDS = 5;

  private record Look(long responses, long bytes) {}

  private Allocation() {}

  /**
   * Loads a target over 200 connections and prints the bytes a request, once all is compiled.
   *
   * @param words an origin as http://localhost:8080, and for how many seconds
   */
  public static void main(String[] words) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<Look> looks = new ArrayList<>();
    LoadPlan plan =
        LoadPlan.of(
                new Request("GET", URI.create(words[0]), "/", List.of(), new byte[0], List.of()))
            .with(Connections.of(200))
            .with(
                new Extent.Time(Duration.ofSeconds(WARM_UP_SECONDS + Integer.parseInt(words[1]))));
    LoadRun.start(
            plan,
            (Progress p) ->
                looks.add(new Look(p.responses(), threads.getTotalThreadAllocatedBytes())))
        .await();
    Look first = looks.get(WARM_UP_SECONDS - 1);
    Look last = looks.getLast();
    System.out.printf(
        "%.1f%n", (last.bytes() - first.bytes()) / (double) (last.responses() - first.responses()));
  }
}
