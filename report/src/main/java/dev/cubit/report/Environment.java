package dev.cubit.report;

import dev.cubit.diagnose.Secrets;
import dev.cubit.measure.Run;
import dev.cubit.target.Machine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where a run was, and what was asked: what a reader needs to do it again. */
final class Environment {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Environment() {}

  static String time(Instant time) {
    return TIME.format(time);
  }

  /** A command line that a shell takes as it stands. */
  static String command(List<String> words) {
    return "cubit " + words.stream().map(Environment::quoted).collect(Collectors.joining(" "));
  }

  /** The same for a page that is passed on: without what looks like a secret. */
  static String shown(List<String> words) {
    return command(Secrets.masked(words));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** The first address, and how many more there are. */
  static String addresses(Run.Question asked) {
    if (asked.urls().isEmpty()) {
      return "no address";
    }
    int more = asked.urls().size() - 1;
    return asked.urls().getFirst() + (more > 0 ? " and " + more + " more" : "");
  }

  static List<Fact> of(Run run) {
    Run.Question asked = run.question();
    List<Fact> rows = new ArrayList<>();
    rows.add(new Fact("Began", time(run.load().start())));
    rows.add(new Fact("Lasted", Shown.time(run.load().elapsed())));
    rows.add(new Fact("Addresses", String.join(", ", asked.urls())));
    asked.socketPath().ifPresent(path -> rows.add(new Fact("Unix socket", path)));
    run.target().ifPresent(t -> rows.add(new Fact("Target", t.command())));
    rows.add(new Fact("Load", load(asked)));
    rows.add(new Fact("Transport", run.load().generator().transport()));
    rows.addAll(machine(run.machine()));
    return rows;
  }

  private static String load(Run.Question asked) {
    return asked.method()
        + " over "
        + asked.protocol()
        + ", "
        + Shown.plural(asked.connections(), "connection", "connections")
        + (asked.pipelining() > 1 ? " with a pipelining factor of " + asked.pipelining() : "")
        + ", "
        + arrivals(asked)
        + asked.amount().map(n -> ", " + Shown.plural(n, "request", "requests")).orElse("")
        + asked.duration().map(d -> ", for " + Shown.time(d)).orElse("");
  }

  private static String arrivals(Run.Question asked) {
    return asked
        .overallRate()
        .map(r -> asked.arrivals() + " arrivals at " + Shown.rate(r) + " a second (open model)")
        .or(() -> asked.connectionRate().map(r -> Shown.rate(r) + " a second on each (open model)"))
        .orElse("each sending as soon as it has its answer (closed model)");
  }

  private static List<Fact> machine(Machine machine) {
    String memory =
        machine.memoryBytes() > 0 ? ", " + Shown.bytes(machine.memoryBytes()) + " of memory" : "";
    return List.of(
        new Fact(
            "Machine",
            Shown.plural(machine.cores(), "core", "cores") + ", " + machine.cpuModel() + memory),
        new Fact("System", machine.system() + ", " + machine.kernel()),
        new Fact("Java of Cubit", machine.java()));
  }
}
