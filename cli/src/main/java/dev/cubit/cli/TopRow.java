package dev.cubit.cli;

import dev.cubit.scale.Load;
import dev.cubit.scale.ServerStatus;
import dev.cubit.scale.SystemStatus;
import dev.cubit.scale.SystemStatus.CloneLine;
import dev.cubit.scale.SystemStatus.ServiceLine;
import dev.cubit.scale.clone.CloneStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A line of the table of {@code cubit top}: a service, or below it one of its clones or servers.
 *
 * @param name as it is shown
 * @param part version and partition, where there is a choice of them
 * @param started empty where there is no process of ours
 * @param restarts empty where it is not Cubit that starts it
 * @param cpuPercent 0 where it is not known
 * @param rssBytes 0 where it is not known
 */
record TopRow(
    boolean isService,
    String name,
    String state,
    TopTone tone,
    String part,
    OptionalLong pid,
    Optional<Duration> started,
    OptionalInt restarts,
    double cpuPercent,
    long rssBytes,
    Load load,
    String why) {

  /** All of them: services by the order, and within each its clones and servers. */
  static List<TopRow> of(SystemStatus status, TopSort sort, Instant now) {
    record Group(TopRow service, List<TopRow> members) {}
    List<Group> groups = new ArrayList<>();
    for (ServiceLine service : status.services()) {
      List<TopRow> members =
          Stream.concat(
                  status.clones().stream()
                      .filter(line -> line.status().service().equals(service.name()))
                      .map(line -> of(line, now)),
                  status.servers().stream()
                      .filter(server -> server.service().equals(service.name()))
                      .map(server -> of(server, now)))
              .sorted(sort.order())
              .toList();
      groups.add(new Group(of(service, members), members));
    }
    return groups.stream()
        .sorted((one, other) -> sort.order().compare(one.service(), other.service()))
        .flatMap(group -> Stream.concat(Stream.of(group.service()), group.members().stream()))
        .toList();
  }

  private static TopRow of(ServiceLine service, List<TopRow> members) {
    long working = members.stream().filter(TopRow::works).count();
    return new TopRow(
        true,
        service.name(),
        working + " of " + members.size(),
        working == members.size() ? TopTone.PLAIN : working == 0 ? TopTone.BAD : TopTone.WARNING,
        "",
        OptionalLong.empty(),
        Optional.empty(),
        members.stream().anyMatch(row -> row.restarts.isPresent())
            ? OptionalInt.of(members.stream().mapToInt(row -> row.restarts.orElse(0)).sum())
            : OptionalInt.empty(),
        members.stream().mapToDouble(TopRow::cpuPercent).sum(),
        members.stream().mapToLong(TopRow::rssBytes).sum(),
        service.load(),
        "");
  }

  private boolean works() {
    return tone == TopTone.PLAIN;
  }

  private static TopRow of(CloneLine line, Instant now) {
    CloneStatus clone = line.status();
    boolean ejected = line.load().ejectedBy() > 0 && clone.state() == CloneStatus.State.READY;
    return new TopRow(
        false,
        clone.name(),
        ejected ? "ejected" : clone.state().toString(),
        ejected ? TopTone.WARNING : tone(clone.state()),
        part(clone.version(), clone.partition()),
        clone.pid(),
        clone.started().map(at -> Duration.between(at, now)),
        OptionalInt.of(clone.restarts()),
        clone.cpuPercent(),
        clone.rssBytes(),
        line.load(),
        ejected ? ejection(line.load()) : why(clone));
  }

  private static TopRow of(ServerStatus server, Instant now) {
    boolean ejected = server.load().ejectedBy() > 0 && server.state() == ServerStatus.State.UP;
    return new TopRow(
        false,
        server.name(),
        ejected ? "ejected" : server.state().toString(),
        ejected ? TopTone.WARNING : tone(server.state()),
        server.partition(),
        OptionalLong.empty(),
        Optional.of(Duration.between(server.since(), now)),
        OptionalInt.empty(),
        0,
        0,
        server.load(),
        ejected ? ejection(server.load()) : server.why());
  }

  /** Without its name, which is at the begin of the line. */
  private static String why(CloneStatus clone) {
    return clone.why().startsWith(clone.name() + " ")
        ? clone.why().substring(clone.name().length() + 1)
        : clone.why();
  }

  private static String ejection(Load load) {
    return "failed or slow: left alone by %d event %s"
        .formatted(load.ejectedBy(), load.ejectedBy() == 1 ? "loop" : "loops");
  }

  /** The version that is the only one is nothing to tell. */
  private static String part(String version, String partition) {
    String chosen = version.equals("main") ? "" : version;
    return chosen.isEmpty() || partition.isEmpty() ? chosen + partition : chosen + "/" + partition;
  }

  private static TopTone tone(CloneStatus.State state) {
    return switch (state) {
      case READY -> TopTone.PLAIN;
      case STARTING, DRAINING, BACKING_OFF, ENDED -> TopTone.WARNING;
      case UNHEALTHY, PARKED -> TopTone.BAD;
    };
  }

  private static TopTone tone(ServerStatus.State state) {
    return switch (state) {
      case UP -> TopTone.PLAIN;
      case NEW, DRAINING -> TopTone.WARNING;
      case DOWN -> TopTone.BAD;
    };
  }
}
