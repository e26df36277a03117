package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Candidates;
import dev.cubit.scale.topology.HeaderMatch;
import dev.cubit.scale.topology.Version;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

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
    final Line line;

    Part(Version version, Line line) {
      this.version = version;
      this.line = line;
      this.header = Bytes.of(version.header().map(HeaderMatch::name).orElse(""));
      this.value = Bytes.of(version.header().map(HeaderMatch::value).orElse(""));
    }
  }

  private final Part[] parts;
  private final RandomGenerator random;

  /**
   * By these.
   *
   * @param before what held until now, which must not be used any longer: requests that have chosen
   *     a version of it that stays go on with that
   */
  VersionSplit(
      List<Version> versions,
      Optional<VersionSplit> before,
      Candidates all,
      RandomGenerator random) {
    this.parts =
        versions.stream()
            .map(v -> new Part(v, before.flatMap(b -> b.take(v)).orElseGet(Line::new)))
            .toArray(Part[]::new);
    this.random = random;
    for (int i = 0; i < all.size(); i++) {
      add((LoopEndpoint) all.get(i));
    }
  }

  /** Those of a version of that name, without anybody. */
  private Optional<Line> take(Version version) {
    for (Part part : parts) {
      if (part.version.name().equals(version.name())) {
        part.line.candidates.clear();
        return Optional.of(part.line);
      }
    }
    return Optional.empty();
  }

  /** Whether it is that of one of its versions. */
  @SuppressWarnings("ReferenceEquality") // this very one
  boolean has(Line line) {
    for (Part part : parts) {
      if (part.line == line) {
        return true;
      }
    }
    return false;
  }

  void add(LoopEndpoint endpoint) {
    for (Part part : parts) {
      if (part.version.name().equals(endpoint.endpoint.version())) {
        part.line.candidates.add(endpoint);
      }
    }
  }

  void remove(LoopEndpoint endpoint) {
    for (Part part : parts) {
      part.line.candidates.remove(endpoint);
    }
  }

  boolean hasWaiting() {
    for (Part part : parts) {
      if (!part.line.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  void giveOut() {
    for (Part part : parts) {
      part.line.giveOut();
    }
  }

  List<Line.Waiter> takeWaiting() {
    return Stream.of(parts).flatMap(part -> part.line.takeAll().stream()).toList();
  }

  /**
   * That of one version.
   *
   * @param all where no version has anybody
   * @param keyHash not 0: the version is the one of a candidate of that name, or else always the
   *     same for a key, so that a client does not go to and fro
   */
  Line of(RequestHead head, long keyHash, Line all) {
    for (Part part : parts) {
      if (part.header.length > 0 && part.line.candidates.size() > 0) {
        int field = head.find(part.header);
        if (field >= 0 && head.valueIs(field, part.value)) {
          return part.line;
        }
      }
    }
    if (keyHash != 0) {
      for (Part part : parts) {
        for (int i = 0; i < part.line.candidates.size(); i++) {
          if (part.line.candidates.get(i).nameHash() == keyHash
              && part.line.candidates.get(i).isFree()) {
            return part.line;
          }
        }
      }
    }
    return byWeight(keyHash, all);
  }

  private Line byWeight(long keyHash, Line all) {
    int sum = 0;
    for (Part part : parts) {
      sum += part.line.candidates.hasAsked() ? part.version.weight() : 0;
    }
    if (sum == 0) {
      return all;
    }
    int at = keyHash == 0 ? random.nextInt(sum) : (int) Long.remainderUnsigned(keyHash, sum);
    for (Part part : parts) {
      at -= part.line.candidates.hasAsked() ? part.version.weight() : 0;
      if (at < 0) {
        return part.line;
      }
    }
    return all;
  }
}
