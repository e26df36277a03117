package dev.cubit.cli;

import dev.cubit.scale.Load;
import dev.cubit.scale.ServerStatus;
import dev.cubit.scale.SystemStatus;
import dev.cubit.scale.clone.CloneStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What is up, as a table. */
final class StatusText {
  private static final List<String> HEAD =
      List.of(
          "SERVICE",
          "CLONE",
          "STATE",
          "PID",
          "PORT",
          "VERSION",
          "UPTIME",
          "RESTARTS",
          "CPU",
          "RSS",
          "REQ/S",
          "P99",
          "");

  private StatusText() {}

  /**
   * All of it.
   *
   * @param now for how long things have been up
   */
  static String of(SystemStatus status, Instant now) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    status.clones().forEach(line -> rows.add(row(line.status(), line.load(), now)));
    status.servers().forEach(server -> rows.add(row(server, now)));
    Load all = status.gateway().load();
    return "%s (%s): %s, up %s, process %d (%.0f %%, %s); %d clients, %s req/s, %s errors/s%n%n%s"
        .formatted(
            status.name(),
            status.from(),
            status.gateway().address(),
            time(Duration.between(status.since(), now)),
            status.pid(),
            status.cpuPercent(),
            mib(status.rssBytes()),
            status.gateway().clients(),
            rate(all.requestsPerSecond()),
            rate(all.errorsPerSecond()),
            Columns.of(rows));
  }

  private static List<String> row(CloneStatus clone, Load load, Instant now) {
    return List.of(
        clone.service(),
        clone.name(),
        clone.state().toString(),
        number(clone.pid()),
        number(clone.port()),
        clone.version(),
        clone.started().map(at -> time(Duration.between(at, now))).orElse("-"),
        Integer.toString(clone.restarts()),
        String.format(Locale.ROOT, "%.0f %%", clone.cpuPercent()),
        clone.rssBytes() == 0 ? "-" : mib(clone.rssBytes()),
        rate(load.requestsPerSecond()),
        millis(load.p99Millis()),
        clone.why());
  }

  private static List<String> row(ServerStatus server, Instant now) {
    return List.of(
        server.service(),
        server.name(),
        server.state().toString(),
        "-",
        server.address(),
        "-",
        time(Duration.between(server.since(), now)),
        "-",
        "-",
        "-",
        rate(server.load().requestsPerSecond()),
        millis(server.load().p99Millis()),
        server.why());
  }

  private static String number(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "-";
  }

  private static String number(OptionalInt number) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : "-";
  }

  static String mib(long bytes) {
    return (bytes >> 20) + " MiB";
  }

  static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%,.0f", perSecond);
  }

  static String millis(double millis) {
    return millis == 0
        ? "-"
        : String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%,.0f ms", millis);
  }

  /** As 42 s, 7 min 3 s, 2 h 5 min, 3 d 4 h. */
  static String time(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    return seconds < 60
        ? seconds + " s"
        : seconds < 3_600
            ? seconds / 60 + " min " + seconds % 60 + " s"
            : seconds < 86_400
                ? seconds / 3_600 + " h " + seconds / 60 % 60 + " min"
                : seconds / 86_400 + " d " + seconds / 3_600 % 24 + " h";
  }
}
