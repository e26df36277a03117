package dev.cubit.scale.topology;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the keys of a service are shared out (z).
 *
 * @param key where a request has its key
 * @param folding whether upper and lower case are one
 * @param partitions in the order of the file; their names differ
 * @param scheme which of them owns a key
 * @param fanOut how a request without a key is answered
 * @param listKey field of the elements of a JSON array that has their key, by which the answers of
 *     all partitions are merged
 * @param move the service's command that copies keys from one partition to another; empty: it
 *     cannot be split
 */
public record Partitioning(
    KeySource key,
    Folding folding,
    List<Partition> partitions,
    Scheme scheme,
    FanOut fanOut,
    String listKey,
    Optional<List<String>> move) {

  /** What has the key in the elements of a list, where the file says nothing. */
  public static final String USUAL_LIST_KEY = "name";

  public Partitioning {
    partitions = List.copyOf(partitions);
    move = move.map(List::copyOf);
  }

  /** With the usual field for the key in lists. */
  public Partitioning(
      KeySource key,
      Folding folding,
      List<Partition> partitions,
      Scheme scheme,
      FanOut fanOut,
      Optional<List<String>> move) {
    this(key, folding, partitions, scheme, fanOut, USUAL_LIST_KEY, move);
  }

  /** The same, shared out otherwise. */
  public Partitioning with(List<Partition> wanted, Scheme by) {
    return new Partitioning(key, folding, wanted, by, fanOut, listKey, move);
  }

  /** What is one key: always in Unicode's normal form NFC. */
  public enum Folding {
    /** Upper and lower case are one: keys are compared in upper case (the default). */
    UPPER,
    /** They differ. */
    NONE;

    /** The key as it is compared. What is folded already is returned as it is. */
    public String fold(String key) {
      return KeyOrder.fold(key, this == UPPER);
    }
  }

  /** How a request without a key, which asks all partitions, is answered when one is down. */
  public enum FanOut {
    /** With an error. */
    STRICT,
    /** With what the others said, and what is missing in a header. */
    PARTIAL
  }

  /**
   * A part of the service that owns a set of keys.
   *
   * @param environment of its clones, added to that of the service
   * @param servers that run already and answer for it; empty: clones of the service do, or all of
   *     its origin. Where one partition has them, all have, and the origin is all of them.
   */
  public record Partition(String name, Map<String, String> environment, List<URI> servers) {
    public Partition {
      environment = Map.copyOf(environment);
      servers = List.copyOf(servers);
    }

    /** Of clones. */
    public Partition(String name, Map<String, String> environment) {
      this(name, environment, List.of());
    }
  }

  /** Which partition owns a key. */
  public sealed interface Scheme {
    /**
     * By range.
     *
     * @param ranges in order, without gap or overlap
     * @param outside name of the partition for keys that sort outside of all; empty: 404
     */
    record ByRange(List<Range> ranges, Optional<String> outside) implements Scheme {
      public ByRange {
        ranges = List.copyOf(ranges);
      }
    }

    /**
     * By hash.
     *
     * @param owners name of the partition that owns each slot; many more slots than partitions
     */
    record BySlot(List<String> owners) implements Scheme {
      public BySlot {
        owners = List.copyOf(owners);
      }
    }
  }

  /**
   * All keys from {@code from} to the last one that begins with {@code to}: {@code A} to {@code L}
   * has {@code Aa} and {@code Lz}. Compared by {@link KeyOrder}.
   *
   * @param partition its owner's name
   * @param from folded; empty: from the very first
   * @param to folded; empty: to the very last
   */
  public record Range(String partition, String from, String to) {
    /** The first key behind the range; empty: there is none. */
    public Optional<String> end() {
      return KeyOrder.afterAllThatBeginWith(to);
    }

    /** Whether a folded key is in it. */
    public boolean contains(String key) {
      return KeyOrder.compare(from, key) <= 0
          && (key.startsWith(to) || KeyOrder.compare(key, to) < 0);
    }
  }
}
