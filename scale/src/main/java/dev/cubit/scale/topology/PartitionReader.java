package dev.cubit.scale.topology;

import dev.cubit.scale.topology.Partitioning.FanOut;
import dev.cubit.scale.topology.Partitioning.Folding;
import dev.cubit.scale.topology.Partitioning.Partition;
import dev.cubit.scale.topology.Partitioning.Scheme;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code partitions}. */
final class PartitionReader {
  static final int USUAL_SLOTS = 4_096;

  private static final int MOST_SLOTS = 65_536;

  /** The last three stand before A, a and 0: where those begin a range, another ends with them. */
  private static final Pattern NAME =
      Pattern.compile("(?:\\.\\.)?[\\p{L}\\p{M}\\p{N}_][\\p{L}\\p{M}\\p{N}_./@`-]{0,62}");

  private static final Pattern FIELD = Pattern.compile("\\S+");

  private PartitionReader() {}

  static Partitioning of(Item item) {
    try (Section partitions = item.section("'partitions'")) {
      Optional<Item> key = partitions.take("key");
      Optional<Item> ranges = partitions.take("ranges");
      Optional<Item> hash = partitions.take("hash");
      Folding folding =
          partitions
              .take("case")
              .map(
                  c ->
                      c.choice(List.of("ignore", "keep")).equals("keep")
                          ? Folding.NONE
                          : Folding.UPPER)
              .orElse(Folding.UPPER);
      if (item.isMapping() && key.isEmpty()) {
        item.keyProblem(
            "'partitions' wants a key, as `key: path[1]`: where in a request it is found");
      }
      if (item.isMapping() && ranges.isPresent() == hash.isPresent()) {
        item.keyProblem("'partitions' wants one of ranges (A-L, M-Z) and hash ({ of: [p1, p2] })");
      }
      List<Partition> named = new ArrayList<>();
      Scheme scheme =
          ranges
              .map(r -> byRange(r, folding, named))
              .or(() -> hash.map(h -> byHash(h, named)))
              .orElse(new Scheme.BySlot(List.of()));
      checkServers(item, named);
      return new Partitioning(
          key.map(KeyReader::of).orElse(new KeySource.PathSegment(0)),
          folding,
          named,
          scheme,
          partitions
              .take("fan-out")
              .map(
                  f ->
                      f.choice(List.of("strict", "partial")).equals("partial")
                          ? FanOut.PARTIAL
                          : FanOut.STRICT)
              .orElse(FanOut.STRICT),
          partitions
              .take("list-key")
              .flatMap(f -> f.text(FIELD, "the field of a list's elements that has their key"))
              .map(Matcher::group)
              .orElse(Partitioning.USUAL_LIST_KEY),
          partitions.take("move").map(CommandWords::of));
    }
  }

  private static Scheme byRange(Item item, Folding folding, List<Partition> named) {
    Ranges ranges = new Ranges(folding);
    for (Item each : item.section("'ranges'").all()) {
      named.add(partition(each));
      ranges.add(each);
    }
    if (named.isEmpty() && item.isMapping()) {
      item.problem("'ranges' is empty: name one, as A-L");
    }
    return ranges.toScheme();
  }

  private static Scheme byHash(Item item, List<Partition> named) {
    try (Section hash = item.section("'hash'")) {
      Optional<Item> of = hash.take("of");
      if (of.isPresent() && of.get().isList()) {
        for (Item name : of.get().list()) {
          String text = name.text("the name of a partition");
          if (named.stream().anyMatch(p -> p.name().equals(text))) {
            name.problem("'" + text + "' is there twice: take one out");
          } else {
            named.add(new Partition(checked(text, name), Map.of()));
          }
        }
      } else if (of.isPresent()) {
        of.get().section("'of'").all().forEach(each -> named.add(partition(each)));
      }
      if (item.isMapping() && named.isEmpty()) {
        item.problem("'hash' wants its partitions, as `of: [p1, p2]`");
      }
      Optional<Item> slots = hash.take("slots");
      int count = slots.map(s -> s.whole(1, MOST_SLOTS, USUAL_SLOTS)).orElse(USUAL_SLOTS);
      if (slots.isPresent() && count < named.size()) {
        slots.get().problem("fewer slots than partitions: leave 'slots' out, for " + USUAL_SLOTS);
      }
      return new Scheme.BySlot(
          named.isEmpty()
              ? List.of()
              : SlotOwners.of(named.stream().map(Partition::name).toList(), count));
    }
  }

  /** With nothing behind its name it is one with nothing of its own. */
  private static Partition partition(Item item) {
    String name = checked(item.name(), item);
    if (item.isNull()) {
      return new Partition(name, Map.of());
    }
    try (Section partition = item.section("partition '" + name + "'")) {
      Optional<Item> environment = partition.take("env");
      Optional<Item> at = partition.take("at");
      if (environment.isPresent() && at.isPresent()) {
        environment
            .get()
            .keyProblem("'env' is for clones that Cubit starts, and these servers run already");
      }
      return new Partition(
          name,
          environment.map(OriginReader::environment).orElse(Map.of()),
          at.map(OriginReader::servers).orElse(List.of()));
    }
  }

  /** Whether a partition may be called so. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  private static String checked(String name, Item item) {
    if (!isName(name)) {
      item.keyProblem(
          "a partition's name has letters, digits and ._- in it, at most 63, as A-L; '"
              + name
              + "' has not");
    }
    return name;
  }

  private static void checkServers(Item item, List<Partition> named) {
    long with = named.stream().filter(p -> !p.servers().isEmpty()).count();
    if (with > 0 && with < named.size()) {
      item.keyProblem("some partitions have 'at' and some have not: give it to all or none");
    }
  }

  /** Of all partitions. */
  static List<URI> servers(Optional<Partitioning> partitioning) {
    return partitioning.stream()
        .flatMap(p -> p.partitions().stream())
        .flatMap(p -> p.servers().stream())
        .distinct()
        .toList();
  }
}
