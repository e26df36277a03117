package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.bubble.Edge.Kind;
import dev.cubit.diagnose.bubble.Place.Group;
import dev.cubit.diagnose.recording.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Bubbles and lines as they are collected; for one thread. */
final class Collected {
  private static final int MOST_SITES = 60;
  private static final int MOST_ADDRESSES = 5;

  private record Line(Group from, Group to, Kind kind) {}

  private final Slices time;
  private final Map<Group, Map<String, Site>> groups = new LinkedHashMap<>();
  private final Map<Group, double[]> siteless = new HashMap<>();
  private final Map<Line, double[]> lines = new LinkedHashMap<>();

  Collected(Slices time) {
    this.time = time;
  }

  void add(
      Group group, Place place, long at, long nanos, double weight, Trace trace, String detail) {
    Site site =
        groups
            .computeIfAbsent(group, g -> new HashMap<>())
            .computeIfAbsent(
                place.how() + " " + place.site(), k -> new Site(place.site(), place.how(), time));
    site.add(time, at, nanos, weight, trace, detail);
    site.holdsLoop(place.sight().eventLoop());
  }

  void line(Group from, Group to, Kind kind, long at, long nanos, double weight) {
    ensure(from);
    ensure(to);
    time.add(at, nanos, weight, lines.computeIfAbsent(new Line(from, to, kind), l -> time.none()));
  }

  void line(Group from, Group to, Kind kind, double[] slices, double share) {
    double[] into = lines.computeIfAbsent(new Line(from, to, kind), l -> time.none());
    for (int i = 0; i < into.length; i++) {
      into[i] += slices[i] * share;
    }
  }

  /** A group without sites: only what it has in each slice is known. */
  void set(Group group, double[] slices, double factor) {
    double[] sum = time.none();
    for (int i = 0; i < sum.length; i++) {
      sum[i] = slices[i] * factor;
    }
    siteless.put(group, sum);
    ensure(group);
  }

  private void ensure(Group group) {
    groups.computeIfAbsent(group, g -> new HashMap<>());
  }

  boolean hasLine(Group from, Kind kind) {
    return lines.keySet().stream().anyMatch(l -> l.from().equals(from) && l.kind() == kind);
  }

  /** The group of an area that has a call site. */
  Optional<Group> sameSite(Area area, String site) {
    return groups.entrySet().stream()
        .filter(e -> e.getKey().area() == area)
        .filter(e -> e.getValue().values().stream().anyMatch(s -> s.name().equals(site)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  Map<Group, Map<String, Site>> groups() {
    return groups;
  }

  /** What all groups that pass have in each slice. */
  double[] slices(Predicate<Area> which) {
    double[] sum = time.none();
    groups.forEach(
        (group, sites) -> {
          if (which.test(group.area())) {
            sites.values().forEach(site -> addTo(sum, site.slices()));
          }
        });
    return sum;
  }

  static void addTo(double[] sum, double[] slices) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += slices[i];
    }
  }

  /**
   * The bubbles, the largest first.
   *
   * @param addresses whom a group's code was seen to talk to
   */
  List<Bubble> bubbles(Map<Group, Set<String>> addresses) {
    List<Bubble> bubbles = new ArrayList<>();
    groups.forEach(
        (group, sites) ->
            bubbles.add(bubble(group, sites, addresses.getOrDefault(group, Set.of()))));
    bubbles.sort(Comparator.comparingDouble(Bubble::seconds).reversed());
    return bubbles;
  }

  private Bubble bubble(Group group, Map<String, Site> all, Set<String> addresses) {
    double[] slices = siteless.getOrDefault(group, time.none()).clone();
    long count = 0;
    for (Site site : all.values()) {
      addTo(slices, site.slices());
      count += site.count();
    }
    List<Site> sites = new ArrayList<>(all.values());
    sites.sort(Comparator.comparingDouble(Site::seconds).reversed());
    if (sites.size() > MOST_SITES) {
      List<Site> rest = sites.subList(MOST_SITES, sites.size());
      Site others = new Site(rest.size() + " more places", "", time);
      rest.forEach(others::merge);
      rest.clear();
      sites.add(others);
    }
    boolean waits = group.area().isWait() || group.area() == Area.IDLE;
    return new Bubble(
        group.area(),
        group.name(),
        Slices.sum(slices),
        count,
        addresses.stream().limit(MOST_ADDRESSES).toList(),
        Slices.list(slices),
        sites.stream().map(site -> site.operation(waits)).toList());
  }

  List<Edge> edges(List<Bubble> bubbles) {
    Map<Group, Integer> index = new HashMap<>();
    for (int i = 0; i < bubbles.size(); i++) {
      index.put(new Group(bubbles.get(i).area(), bubbles.get(i).name()), i);
    }
    List<Edge> edges = new ArrayList<>();
    lines.forEach(
        (line, slices) -> {
          Integer from = index.get(line.from());
          Integer to = index.get(line.to());
          if (from != null && to != null) {
            edges.add(new Edge(from, to, line.kind(), Slices.sum(slices), Slices.list(slices)));
          }
        });
    edges.sort(Comparator.comparingDouble(Edge::seconds).reversed());
    return edges;
  }
}
