package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.bubble.Place.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where an area has many bubbles, the small ones become one: a crowd of dots tells nothing. */
final class Crowds {
  private static final int MOST = 12;

  private final Map<Group, Group> merged = new HashMap<>();

  Crowds(Map<Group, Double> seconds) {
    Map<Area, List<Group>> areas = new EnumMap<>(Area.class);
    seconds.keySet().forEach(g -> areas.computeIfAbsent(g.area(), a -> new ArrayList<>()).add(g));
    areas.forEach(
        (area, groups) -> {
          if (groups.size() > MOST) {
            groups.sort(
                Comparator.comparingDouble((Group g) -> seconds.getOrDefault(g, 0.0)).reversed());
            List<Group> small = groups.subList(MOST - 1, groups.size());
            Group others = new Group(area, small.size() + " more");
            small.forEach(g -> merged.put(g, others));
          }
        });
  }

  Group of(Group group) {
    return merged.getOrDefault(group, group);
  }
}
