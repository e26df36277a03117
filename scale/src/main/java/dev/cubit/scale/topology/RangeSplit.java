package dev.cubit.scale.topology;

import dev.cubit.scale.topology.Partitioning.Partition;
import dev.cubit.scale.topology.Partitioning.Range;
import dev.cubit.scale.topology.Partitioning.Scheme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One range of a service that becomes two.
 *
 * @param before the service as it is
 * @param after as it is to be
 * @param partition what is split, by name
 * @param kept its lower part, which stays where it is
 * @param added its upper part, whose keys move
 * @param changed what is different in the environment of the upper part
 * @param move the service's command that copies keys
 */
public record RangeSplit(
    ServicePlan before,
    ServicePlan after,
    String partition,
    Range kept,
    Range added,
    Map<String, String> changed,
    List<String> move) {
  public RangeSplit {
    changed = Map.copyOf(changed);
    move = List.copyOf(move);
  }

  /**
   * Splits a partition at a key.
   *
   * @param at the first key of the upper part, not folded
   * @param changed what is to be different in its environment
   * @throws ScaleException where that cannot be
   */
  public static RangeSplit of(
      ServicePlan service, String partition, String at, Map<String, String> changed)
      throws ScaleException {
    Partitioning plan = requireMovable(service);
    for (String variable : changed.keySet()) {
      if (!OriginReader.isSettable(variable)) {
        throw new ScaleException(
            "'" + variable + "' is no variable that can be set: letters, digits and _, not PORT");
      }
    }
    Range whole = range(service, plan, partition);
    String key = plan.folding().fold(at);
    requireInside(whole, key);
    Range kept = named(whole, whole.from(), lastBefore(key));
    Range added = named(whole, key, whole.to());
    requireNamed(plan, kept);
    requireNamed(plan, added);
    List<String> move = requireMove(service, plan);
    ServicePlan after = service.with(split(plan, whole, kept, added, changed));
    RangeSplit split = new RangeSplit(service, after, partition, kept, added, changed, move);
    split.requireOther();
    return split;
  }

  private static Partitioning requireMovable(ServicePlan service) throws ScaleException {
    String name = "the service '" + service.name() + "' ";
    if (service.partitioning().isEmpty()) {
      throw new ScaleException(
          name + "has no partitions: give it some in the file, as docs/partitions.md tells");
    }
    Partitioning plan = service.partitioning().get();
    if (!(plan.scheme() instanceof Scheme.ByRange)) {
      throw new ScaleException(
          name
              + "has partitions by hash, which cannot be split: one more at the end of 'of' in the"
              + " file takes its part of the keys of all others at the next cubit reload, and what"
              + " is stored of them you move yourself");
    }
    if (!(service.origin() instanceof Origin.Started)) {
      throw new ScaleException(
          name
              + "runs elsewhere, where Cubit starts and moves nothing: start what is to have the"
              + " keys, move them, write both ranges into the file, and cubit reload");
    }
    return plan;
  }

  private static List<String> requireMove(ServicePlan service, Partitioning plan)
      throws ScaleException {
    return plan.move()
        .orElseThrow(
            () ->
                new ScaleException(
                    "the service '"
                        + service.name()
                        + "' has no command that moves keys: add the line `move: COMMAND` under its"
                        + " 'partitions' in the file, as `move: java -jar services/products.jar"
                        + " move`, and cubit reload"));
  }

  private static Range range(ServicePlan service, Partitioning plan, String partition)
      throws ScaleException {
    Scheme.ByRange scheme = (Scheme.ByRange) plan.scheme();
    if (scheme.outside().filter(partition::equals).isPresent()) {
      throw new ScaleException(
          "'"
              + partition
              + "' has what is outside of all ranges, and is none itself: it cannot be split");
    }
    return scheme.ranges().stream()
        .filter(r -> r.partition().equals(partition))
        .findFirst()
        .orElseThrow(
            () ->
                new ScaleException(
                    "the service '%s' has no partition '%s'; it has %s"
                        .formatted(
                            service.name(),
                            partition,
                            String.join(
                                ", ", plan.partitions().stream().map(Partition::name).toList()))));
  }

  private static void requireInside(Range whole, String key) throws ScaleException {
    if (!whole.contains(key)) {
      throw new ScaleException(
          "'%s' is not within '%s': name a key that it owns".formatted(key, whole.partition()));
    }
    if (key.equals(whole.from())) {
      throw new ScaleException(
          "'%s' begins with '%s', so that nothing would stay in it: name a later key"
              .formatted(whole.partition(), key));
    }
  }

  private static String lastBefore(String key) throws ScaleException {
    return KeyOrder.lastPrefixBefore(key)
        .orElseThrow(() -> new ScaleException("nothing can end right before '" + key + "'"));
  }

  private static Range named(Range whole, String from, String to) {
    boolean dotted = RangeName.of(whole.partition()).dotted();
    return new Range(RangeName.between(from, to, dotted).toString(), from, to);
  }

  /** Whether a file can name it so, and means the same by it. */
  private static void requireNamed(Partitioning plan, Range range) throws ScaleException {
    String name = range.partition();
    RangeName read = RangeName.of(name);
    boolean means =
        plan.folding().fold(read.from()).equals(range.from())
            && plan.folding().fold(read.to()).equals(range.to());
    if (!means || !PartitionReader.isName(name) || name.equals(Ranges.OTHER)) {
      throw new ScaleException(
          "one of the two parts would be called '"
              + name
              + "', which cannot stand in a file: split at a key of letters and digits, perhaps a"
              + " shorter one");
    }
    if (plan.partitions().stream().anyMatch(p -> p.name().equals(name))) {
      throw new ScaleException("there is a partition '" + name + "' already: name another key");
    }
  }

  private static Partitioning split(
      Partitioning plan, Range whole, Range kept, Range added, Map<String, String> changed) {
    List<Partition> partitions = new ArrayList<>();
    for (Partition each : plan.partitions()) {
      if (each.name().equals(whole.partition())) {
        Map<String, String> other = new HashMap<>(each.environment());
        other.putAll(changed);
        partitions.add(new Partition(kept.partition(), each.environment()));
        partitions.add(new Partition(added.partition(), other));
      } else {
        partitions.add(each);
      }
    }
    Scheme.ByRange scheme = (Scheme.ByRange) plan.scheme();
    List<Range> ranges = new ArrayList<>();
    for (Range each : scheme.ranges()) {
      ranges.addAll(each.equals(whole) ? List.of(kept, added) : List.of(each));
    }
    return plan.with(partitions, new Scheme.ByRange(ranges, scheme.outside()));
  }

  private void requireOther() throws ScaleException {
    if (environment(kept).equals(environment(added))) {
      throw new ScaleException(
          "both halves of '"
              + partition
              + "' would have one environment, and so one database: say where the upper one has"
              + " its own, as --env DATABASE_URL=jdbc:sqlite:data/more.db");
    }
  }

  /** What the clones of a partition are told, after the split. */
  public Map<String, String> environment(Range of) {
    // that it is started was required, and who has partitions has one version
    Version version = ((Origin.Started) after.origin()).versions().getFirst();
    return after.environment(version, partition(of));
  }

  private Optional<Partition> partition(Range of) {
    return after.partitioning().stream()
        .flatMap(p -> p.partitions().stream())
        .filter(p -> p.name().equals(of.partition()))
        .findFirst();
  }
}
