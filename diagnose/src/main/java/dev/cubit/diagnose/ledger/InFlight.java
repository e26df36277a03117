package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.jvm.DumpedThread;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What threads did for requests, from looks under load and from looks before it: what a thread did
 * without load it does not do for a request.
 */
final class InFlight {
  private final Map<String, Integer> background = new HashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final int looks;

  private InFlight(int looks) {
    this.looks = looks;
  }

  /** Those that wait, the largest groups first. */
  static List<Waiters> of(List<Look> idle, List<Look> loaded, Parties parties) {
    InFlight inFlight = new InFlight(loaded.size());
    inFlight.learnBackground(idle, parties);
    loaded.forEach(look -> inFlight.add(look, parties));
    return inFlight.groups.values().stream()
        .map(group -> group.waiters(inFlight.looks))
        .sorted(Comparator.comparingDouble(Waiters::threads).reversed())
        .toList();
  }

  /** The least that was seen of each: one look may catch a health check at work. */
  private void learnBackground(List<Look> idle, Parties parties) {
    List<Map<String, Integer>> counts = new ArrayList<>();
    for (Look look : idle) {
      Map<String, Integer> count = new HashMap<>();
      for (Doing doing : doings(look, parties)) {
        count.merge(doing.signature(), 1, Integer::sum);
      }
      counts.add(count);
    }
    if (!counts.isEmpty()) {
      counts
          .getFirst()
          .forEach(
              (signature, _) ->
                  background.put(
                      signature,
                      counts.stream().mapToInt(c -> c.getOrDefault(signature, 0)).min().orElse(0)));
    }
  }

  private static List<Doing> doings(Look look, Parties parties) {
    return look.dump().threads().stream()
        .map(thread -> Doing.of(thread, parties))
        .filter(d -> d.activity() != Activity.IDLE && d.activity() != Activity.RUNNING)
        .toList();
  }

  private void add(Look look, Parties parties) {
    Map<String, Integer> left = new HashMap<>(background);
    Map<String, String> owners = owners(look, parties);
    for (Doing doing : doings(look, parties)) {
      if (left.merge(doing.signature(), -1, Integer::sum) < 0) {
        groups
            .computeIfAbsent(key(doing), k -> new Group(doing))
            .add(doing, owners.getOrDefault(doing.blocker(), ""));
      }
    }
  }

  private static String key(Doing doing) {
    return doing.activity()
        + " "
        + doing.site().map(Frame::name).orElse("")
        + " "
        + doing.how()
        + " "
        + doing.isServerInternal();
  }

  private static Map<String, String> owners(Look look, Parties parties) {
    Map<String, String> owners = new HashMap<>();
    for (DumpedThread thread : look.dump().threads()) {
      for (String lock : thread.owned()) {
        Doing doing = Doing.of(thread, parties);
        owners.put(
            lock,
            doing.site().map(Frame::name).orElse(thread.name())
                + " ("
                + doing.activity().text()
                + ")");
      }
    }
    return owners;
  }

  private static final class Group {
    private final Doing first;
    private final Map<String, Integer> blockers = new HashMap<>();
    private final Map<String, Integer> holders = new HashMap<>();
    private int seen;
    private int pinned;

    Group(Doing first) {
      this.first = first;
    }

    void add(Doing doing, String holder) {
      seen++;
      if (Waiters.isPinned(doing)) {
        pinned++;
      }
      if (!doing.blocker().isEmpty()) {
        blockers.merge(doing.blocker(), 1, Integer::sum);
      }
      if (!holder.isEmpty()) {
        holders.merge(holder, 1, Integer::sum);
      }
    }

    Waiters waiters(int looks) {
      double each = 1.0 / looks;
      Map<String, Double> means =
          blockers.entrySet().stream()
              .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
              .limit(20)
              .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue() * each));
      return new Waiters(
          first.activity(),
          first.how(),
          first.site(),
          seen * each,
          pinned * each,
          means,
          holders,
          first.thread().stack(),
          first.isServerInternal());
    }
  }
}
