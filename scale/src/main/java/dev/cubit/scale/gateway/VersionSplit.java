package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Candidate;
import dev.cubit.scale.gateway.balance.Candidates;
import dev.cubit.scale.topology.HeaderMatch;
import dev.cubit.scale.topology.Version;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which version of a service a request goes to: the one whose header it has, else one by the
 * weights, however many clones each has. A version that nobody answers for now has no part in it.
 * Owned by an event loop. Hot path of services that have versions.
 */
final class VersionSplit {
  private static final class Part {
    final Version version;
    final byte[] header;
    final byte[] value;
    final Candidates candidates = new Candidates();

    Part(Version version) {
      this.version = version;
      this.header = Bytes.of(version.header().map(HeaderMatch::name).orElse(""));
      this.value = Bytes.of(version.header().map(HeaderMatch::value).orElse(""));
    }

    boolean isAsked() {
      for (int i = 0; i < candidates.size(); i++) {
        Candidate candidate = candidates.get(i);
        if (candidate.isUp() && !candidate.isEjected()) {
          return true;
        }
      }
      return false;
    }
  }

  private final Part[] parts;
  private final RandomGenerator random;

  VersionSplit(List<Version> versions, Candidates all, RandomGenerator random) {
    this.parts = versions.stream().map(Part::new).toArray(Part[]::new);
    this.random = random;
    for (int i = 0; i < all.size(); i++) {
      add((LoopEndpoint) all.get(i));
    }
  }

  void add(LoopEndpoint endpoint) {
    for (Part part : parts) {
      if (part.version.name().equals(endpoint.endpoint.version())) {
        part.candidates.add(endpoint);
      }
    }
  }

  void remove(LoopEndpoint endpoint) {
    for (Part part : parts) {
      part.candidates.remove(endpoint);
    }
  }

  /**
   * Those of one version.
   *
   * @param keyHash not 0: the version is the one of a candidate of that name, or else always the
   *     same for a key, so that a client does not go to and fro
   */
  Candidates of(RequestHead head, long keyHash, Candidates all) {
    for (Part part : parts) {
      if (part.header.length > 0 && part.candidates.size() > 0) {
        int field = head.find(part.header);
        if (field >= 0 && head.valueIs(field, part.value)) {
          return part.candidates;
        }
      }
    }
    if (keyHash != 0) {
      for (Part part : parts) {
        for (int i = 0; i < part.candidates.size(); i++) {
          if (part.candidates.get(i).nameHash() == keyHash && part.candidates.get(i).isFree()) {
            return part.candidates;
          }
        }
      }
    }
    return byWeight(keyHash, all);
  }

  private Candidates byWeight(long keyHash, Candidates all) {
    int sum = 0;
    for (Part part : parts) {
      sum += part.isAsked() ? part.version.weight() : 0;
    }
    if (sum == 0) {
      return all;
    }
    int at = keyHash == 0 ? random.nextInt(sum) : (int) Long.remainderUnsigned(keyHash, sum);
    for (Part part : parts) {
      at -= part.isAsked() ? part.version.weight() : 0;
      if (at < 0) {
        return part.candidates;
      }
    }
    return all;
  }
}
