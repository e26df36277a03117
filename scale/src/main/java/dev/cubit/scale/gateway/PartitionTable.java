package dev.cubit.scale.gateway;

import dev.cubit.scale.partition.KeyFinder;
import dev.cubit.scale.partition.PartitionMap;
import dev.cubit.scale.topology.KeySource;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.ScaleException;
import java.time.InstantSource;

/**
 * How requests of one service find their partition. Immutable, shared by all loops: a change is a
 * new one, with a map of a higher version.
 */
record PartitionTable(Partitioning plan, KeyFinder keys, PartitionMap map) {

  /**
   * Of a file.
   *
   * @throws ScaleException where the key that tokens must be signed with cannot be read
   */
  static PartitionTable of(Partitioning plan, long version) throws ScaleException {
    return new PartitionTable(
        plan,
        KeyFinder.of(plan.key(), plan.folding(), InstantSource.system()),
        PartitionMap.of(plan, version));
  }

  /** Where in a request its key is expected, for a sentence to the client. */
  String place() {
    return switch (plan.key()) {
      case KeySource.PathSegment(int index) -> "the path, as segment " + index + ", counted from 0";
      case KeySource.Header(String name) -> "the header field " + name;
      case KeySource.Query(String name) -> "the query, as " + name;
      case KeySource.Cookie(String name) -> "the cookie " + name;
      case KeySource.JwtClaim claim -> "the claim " + claim.name() + " of the bearer token";
    };
  }

  /**
   * Whether a request without a key is nobody's: where tokens are verified, one without a token
   * must not see what all partitions have.
   */
  boolean wantsToken() {
    return plan.key() instanceof KeySource.JwtClaim claim && claim.secret().isPresent();
  }

  /** Whether a partition owns a key that is not folded. */
  boolean owns(String partition, String key) {
    int owner = map.owner(plan.folding().fold(key));
    return owner != PartitionMap.NOBODY && map.partitions().get(owner).equals(partition);
  }
}
