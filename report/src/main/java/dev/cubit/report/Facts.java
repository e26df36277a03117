package dev.cubit.report;

import dev.cubit.load.ErrorKind;
import dev.cubit.load.LoadResult;
import dev.cubit.measure.Run;
import dev.cubit.target.TargetUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is known of a run besides autocannon's tables, in the order in which it is told. */
final class Facts {
  private final List<Fact> facts = new ArrayList<>();

  private Facts() {}

  /** For a terminal, where nothing else tells of failures. */
  static List<Fact> of(Run run) {
    Facts facts = new Facts();
    run.question().title().ifPresent(title -> facts.add("Title", Plain.line(title)));
    facts.requests(run);
    facts.failures(run.load());
    return facts.rest(run);
  }

  /** For a page, which has a title, and tables of status codes and failures. */
  static List<Fact> ofPage(Run run) {
    Facts facts = new Facts();
    facts.requests(run);
    return facts.rest(run);
  }

  private List<Fact> rest(Run run) {
    machine(run);
    run.ceiling().ifPresent(c -> add("Ceiling", ceiling(c)));
    if (!run.name().equals("unnamed")) {
      add("Kept as", run.name());
    }
    return List.copyOf(facts);
  }

  private void add(String name, String text) {
    facts.add(new Fact(name, text));
  }

  private void requests(Run run) {
    LoadResult load = run.load();
    add("Throughput", throughput(run));
    if (Spread.isOpen(run)) {
      long waited = load.connectionWait().getTotalCount();
      add(
          "On schedule",
          waited == 0 && load.unsent() == 0
              ? "all were sent, and none had to wait for a connection"
              : Shown.count(waited)
                  + " waited for a connection, "
                  + Shown.count(load.unsent())
                  + " were due and never sent");
    } else if (load.unsent() > 0) {
      add("Unsent", Shown.count(load.unsent()) + " were due and never sent");
    }
    if (load.unanswered() > 0) {
      add(
          "Unanswered",
          Shown.count(load.unanswered())
              + " at the end; in the latency with the time they had waited");
    }
  }

  private static String throughput(Run run) {
    String asked =
        run.question()
            .overallRate()
            .map(r -> " of " + Shown.rate(r) + " asked for (" + run.question().arrivals() + ")")
            .or(
                () ->
                    run.question()
                        .connectionRate()
                        .map(r -> ", " + Shown.rate(r) + " asked for on each connection"))
            .orElse("");
    return Shown.rate(run.load().requestsPerSecond()) + " req/s" + asked;
  }

  private void failures(LoadResult load) {
    if (load.responses() > load.responsesOfClass(2)) {
      add(
          "Status codes",
          load.statuses().entrySet().stream()
              .map(e -> e.getKey() + ": " + Shown.count(e.getValue()))
              .collect(Collectors.joining(", ")));
    }
    for (Map.Entry<ErrorKind, LoadResult.Errors> of : new TreeMap<>(load.errors()).entrySet()) {
      add(
          label(of.getKey()),
          Shown.count(of.getValue().count()) + ", such as: " + Plain.line(of.getValue().example()));
    }
    if (load.mismatches() > 0) {
      add(
          "Mismatches",
          Shown.count(load.mismatches()) + ", such as: " + Plain.line(load.mismatchExample()));
    }
  }

  /** A kind of error as people call it. */
  static String label(ErrorKind kind) {
    return switch (kind) {
      case CONNECT -> "Not connected";
      case UNRESOLVED -> "Unknown host";
      case TLS -> "TLS failures";
      case TIMEOUT -> "Timeouts";
      case CLOSED -> "Closed early";
      case TRUNCATED -> "Cut short";
      case PROTOCOL -> "Broken HTTP";
    };
  }

  private void machine(Run run) {
    run.warmUp().ifPresent(w -> add("Warm-up", warmUp(w)));
    run.target().ifPresent(t -> add("Target", use(run, t.use())));
    LoadResult.GeneratorUse generator = run.load().generator();
    add(
        "Generator",
        Plain.line(generator.transport())
            + ", busiest loop "
            + Shown.percent(generator.busiestLoop())
            + " of a core, CPU "
            + Shown.time(generator.cpu())
            + " in all");
    add(
        "Machine",
        Shown.percent(run.machineBusy())
            + " busy"
            + (run.othersBusy().isPresent()
                ? ", " + Shown.percent(run.othersBusy().getAsDouble()) + " with other programs"
                : ""));
  }

  static String warmUp(Run.WarmUp warmUp) {
    String end =
        warmUp.method().equals("time")
            ? ""
            : warmUp.settled() ? ", until throughput had settled" : ", throughput had not settled";
    return Shown.time(warmUp.took()) + end;
  }

  private static String use(Run run, TargetUse use) {
    String each =
        run.cpuMicrosPerResponse().isPresent()
            ? ", " + Shown.micros(run.cpuMicrosPerResponse().getAsDouble()) + " a request"
            : "";
    return "CPU "
        + Shown.digits(use.cpuPercent())
        + " % (100 = one core)"
        + each
        + ", memory (RSS) "
        + Shown.bytes(use.meanRssBytes())
        + " mean, "
        + Shown.bytes(use.maxRssBytes())
        + " max";
  }

  static String ceiling(Run.CeilingShare ceiling) {
    return (ceiling.floor() ? "at most " : "")
        + Shown.percent(ceiling.share())
        + " of what a server that does nothing reaches here, "
        + (ceiling.floor() ? "at least " : "")
        + Shown.rate(ceiling.ceilingRequestsPerSecond())
        + " req/s";
  }
}
