package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.heap.LiveSet.Trend;
import dev.cubit.diagnose.heap.Suspect.Pattern;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.OldObject;
import dev.cubit.diagnose.recording.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Groups the sampled survivors by where they were allocated and by who holds them. The JVM samples
 * evenly over what was allocated and drops what dies, so the number of samples in a group goes with
 * the bytes that it holds; what was allocated throughout the load counts more than what was
 * allocated in a part of it, and what the application allocates or holds more than what it does
 * not.
 */
final class Suspects {
  private static final int MOST = 20;
  private static final int BIRTHS = 20;

  /** Of a group: fewer survivors from one half, and they are of the other. */
  private static final double FEW = 0.1;

  private static final double LESS_LIKELY = 0.3;
  private static final double NOT_OURS = 0.5;

  private record Survivor(OldObject object, long bornAt, Place place, Chain chain) {
    String key() {
      return place.key() + "\n" + chain.holder();
    }
  }

  private final Recording recording;
  private final Parties parties;
  private final Window window;
  private final LiveSet live;

  Suspects(Recording recording, Parties parties, Window window, LiveSet live) {
    this.recording = recording;
    this.parties = parties;
    this.window = window;
    this.live = live;
  }

  Survivors find() {
    List<OldObject> objects = recording.oldObjects();
    List<Survivor> suspected =
        objects.stream().map(this::survivor).filter(s -> s.bornAt() >= window.from()).toList();
    Map<String, List<Survivor>> groups =
        suspected.stream()
            .collect(Collectors.groupingBy(Survivor::key, LinkedHashMap::new, Collectors.toList()));
    return new Survivors(
        objects.size(),
        objects.size() - suspected.size(),
        (int) objects.stream().filter(o -> !o.path().isEmpty()).count(),
        groups.values().stream()
            .map(group -> suspect(group, suspected.size()))
            .sorted(
                Comparator.comparingDouble(Suspects::likelihood)
                    .reversed()
                    .thenComparing(s -> s.place().name())
                    .thenComparing(Suspect::holder))
            .limit(MOST)
            .toList());
  }

  /** Ages are as of the recording's end: that is when the JVM writes them. */
  private Survivor survivor(OldObject object) {
    return new Survivor(
        object,
        Window.whole(recording).to() - object.ageNanos(),
        Place.of(object.trace().frames(), parties),
        Chain.of(object.path(), object.root(), parties));
  }

  private Suspect suspect(List<Survivor> group, int all) {
    int[] births = new int[BIRTHS];
    group.forEach(s -> births[window.part(s.bornAt(), BIRTHS)]++);
    Map<String, Long> types =
        group.stream()
            .collect(
                Collectors.groupingBy(
                    s -> TypeNames.source(s.object().type()), Collectors.counting()));
    List<String> byNumber =
        types.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    // the shortest chain of the most frequent type shows the most with the least
    Survivor shown =
        group.stream()
            .filter(s -> TypeNames.source(s.object().type()).equals(byNumber.getFirst()))
            .min(Comparator.comparingInt(s -> s.chain().links().size()))
            .orElse(group.getFirst());
    double share = (double) group.size() / all;
    Pattern pattern = pattern(births, group.size());
    boolean grows =
        (live.trend() == Trend.GROWS || live.trend() == Trend.MAY_GROW)
            && pattern == Pattern.THROUGHOUT
            && live.bytesPerSecond() > 0;
    return new Suspect(
        byNumber,
        shown.place().frame(),
        shown.place().party(),
        shown.chain().holder(),
        group.size(),
        share,
        medianAge(group),
        pattern,
        Arrays.stream(births).boxed().toList(),
        grows ? OptionalDouble.of(live.bytesPerSecond() * share) : OptionalDouble.empty(),
        shown.object().trace().frames(),
        shown.chain().links(),
        shown.chain().root());
  }

  private static Pattern pattern(int[] births, int all) {
    int early = Arrays.stream(births, 0, BIRTHS / 2).sum();
    if (all - early < FEW * all) {
      return Pattern.EARLY;
    }
    return early < FEW * all ? Pattern.LATE : Pattern.THROUGHOUT;
  }

  private static double medianAge(List<Survivor> group) {
    List<Long> ages = new ArrayList<>(group.stream().map(s -> s.object().ageNanos()).toList());
    ages.sort(Long::compare);
    return ages.get(ages.size() / 2) / 1e9;
  }

  private static double likelihood(Suspect suspect) {
    boolean ours =
        suspect.party() == Party.APPLICATION
            || suspect.path().stream().anyMatch(link -> link.party() == Party.APPLICATION);
    return suspect.samples()
        * (suspect.pattern() == Pattern.THROUGHOUT ? 1 : LESS_LIKELY)
        * (ours ? 1 : NOT_OURS);
  }
}
