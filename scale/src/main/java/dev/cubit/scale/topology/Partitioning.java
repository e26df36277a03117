package dev.cubit.scale.topology;

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
 * @param move the service's command that copies keys from one partition to another; empty: it
 *     cannot be split
 */
public record Partitioning(
    KeySource key,
    Folding folding,
    List<Partition> partitions,
    Scheme scheme,
    FanOut fanOut,
    Optional<List<String>> move) {
  public Partitioning {
    partitions = List.copyOf(partitions);
    move = move.map(List::copyOf);
  }

  /** What is one key: always in Unicode's normal form NFC. */
  public enum Folding {
    /** Upper and lower case are one: keys are compared in upper case (the default). */
    UPPER,
    /** They differ. */
    NONE
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
   */
  public record Partition(String name, Map<String, String> environment) {
    public Partition {
      environment = Map.copyOf(environment);
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
   * has {@code Aa} and {@code Lz}.
   *
   * @param partition its owner's name
   */
  public record Range(String partition, String from, String to) {}
}
