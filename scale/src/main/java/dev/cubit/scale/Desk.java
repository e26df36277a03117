package dev.cubit.scale;

import dev.cubit.scale.clone.LogFollower;
import dev.cubit.scale.clone.LogLine;
import dev.cubit.scale.control.Answer;
import dev.cubit.scale.control.ControlHandler;
import dev.cubit.scale.control.ControlRequest;
import dev.cubit.scale.control.LineSink;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What other terminals can ask for, see docs/control.md. What takes long answers with a line for
 * all that happens meanwhile, and a last one: {@link Done} or {@link Failed}.
 */
final class Desk implements ControlHandler {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final long USUAL_HOLD_MILLIS = 10_000;
  private static final long MOST_HOLD_MILLIS = 600_000;

  /** It is done. */
  record Done(boolean done) {}

  /** It could not be done; the sentence says why. */
  record Failed(String failed) {}

  private final Up up;

  Desk(Up up) {
    this.up = up;
  }

  @Override
  public Answer answer(ControlRequest request) throws ScaleException {
    List<String> path = request.path();
    if (path.isEmpty() || !path.getFirst().equals("v1")) {
      return Answer.unknown(request);
    }
    if (path.size() == 4 && path.get(1).equals("services")) {
      return service(request, path.get(2), path.get(3));
    }
    if (path.size() != 2) {
      return Answer.unknown(request);
    }
    return switch (request.method() + " " + path.get(1)) {
      case "GET status" -> Answer.of(up.status());
      case "GET notices" -> Answer.of(up.notices().last());
      case "GET logs" -> logs(request);
      case "POST reload" -> reread();
      case "POST down" -> progress("", up::down);
      default -> Answer.unknown(request);
    };
  }

  /** A file that is wrong is told of at once, and nothing begun. */
  private Answer reread() throws ScaleException {
    Topology wanted = up.read();
    return progress("", () -> up.become(wanted));
  }

  private Answer service(ControlRequest request, String name, String what) throws ScaleException {
    Optional<ServicePlan> plan = up.plan(name);
    if (plan.isEmpty()) {
      return unknown(name);
    }
    return switch (request.method() + " " + what) {
      case "POST reload" -> progress(name, () -> up.fleet().reload(name));
      case "POST rollback" -> progress(name, () -> up.fleet().rollback(name));
      case "PUT clones" -> clones(name, request);
      case "POST promote" -> promote(name, request);
      case "POST split" -> split(plan.get(), request);
      case "GET moves" -> moves(plan.get());
      case "GET partitions" -> Answer.of(PartitionLine.of(up.gateway().partitions(name)));
      default -> Answer.unknown(request);
    };
  }

  private Answer unknown(String service) {
    return new Answer.Refusal(
        404, "there is no service '" + service + "'; there are: " + String.join(", ", up.names()));
  }

  private Answer clones(String name, ControlRequest request) {
    int wanted = request.body().path("clones").asInt(0);
    return wanted < 1 || wanted > 9_999
        ? new Answer.Refusal(400, "a service has 1 to 9999 clones: {\"clones\": 4}")
        : progress(name, () -> up.fleet().clones(name, wanted));
  }

  private Answer promote(String name, ControlRequest request) {
    String version = request.body().path("version").asString("");
    return version.isEmpty()
        ? new Answer.Refusal(400, "which version? {\"version\": \"green\"}")
        : progress(name, () -> up.fleet().promote(name, version));
  }

  /** Which keys move when the file as it is now is applied. */
  private Answer moves(ServicePlan service) throws ScaleException {
    Optional<Partitioning> wanted =
        up.read().service(service.name()).flatMap(ServicePlan::partitioning);
    return service.partitioning().isPresent() && wanted.isPresent()
        ? Answer.of(MoveLine.of(service.partitioning().get(), wanted.get()))
        : new Answer.Refusal(
            409,
            "the service '"
                + service.name()
                + "' has no partitions "
                + (wanted.isPresent() ? "now" : "in the file"));
  }

  private Answer split(ServicePlan service, ControlRequest request) throws ScaleException {
    JsonNode body = request.body();
    String partition = body.path("partition").asString("");
    String at = body.path("at").asString("");
    if (partition.isEmpty() || at.isEmpty()) {
      return new Answer.Refusal(400, "which, and where? {\"partition\": \"A-L\", \"at\": \"F\"}");
    }
    long hold = body.path("holdAtMostMillis").asLong(USUAL_HOLD_MILLIS);
    if (hold < 1 || hold > MOST_HOLD_MILLIS) {
      return new Answer.Refusal(
          400, "requests can be held for a millisecond at least, and ten minutes at most");
    }
    Map<String, String> environment = new HashMap<>();
    for (Map.Entry<String, JsonNode> variable : body.path("environment").properties()) {
      environment.put(variable.getKey(), variable.getValue().asString(""));
    }
    Splits.Plan plan = up.splits().plan(service, partition, at, environment);
    return body.path("dryRun").asBoolean(false)
        ? Answer.of(SplitLine.of(plan))
        : progress(service.name(), () -> up.splits().begin(plan, Duration.ofMillis(hold)));
  }

  // ---- what takes long

  /**
   * Begins it, tells what happens, and how it has ended.
   *
   * @param service whose notices are told; empty: all are
   */
  private Answer progress(String service, Supplier<CompletableFuture<Void>> operation) {
    return new Answer.Lines(
        sink -> {
          BlockingQueue<Object> lines = new LinkedBlockingQueue<>();
          try (Notices.Listening heard =
              up.notices()
                  .listen(
                      n -> {
                        if (service.isEmpty() || n.service().equals(service)) {
                          lines.add(n);
                        }
                      })) {
            var _ =
                operation
                    .get()
                    .handle((_, failure) -> end(failure))
                    .thenCompose(end -> up.fleet().told().handle((_, _) -> lines.add(end)));
            Object line = lines.take();
            while (line instanceof Notice) {
              sink.line(line);
              line = lines.take();
            }
            sink.line(line);
          }
        });
  }

  private static Object end(@Nullable Throwable failure) {
    return failure == null ? new Done(true) : new Failed(ScaleException.sentence(failure));
  }

  // ---- what clones write

  private Answer logs(ControlRequest request) {
    List<String> services =
        Pattern.compile(",")
            .splitAsStream(request.query().getOrDefault("service", ""))
            .filter(name -> !name.isEmpty())
            .toList();
    for (String service : services) {
      if (up.plan(service).isEmpty()) {
        return unknown(service);
      }
    }
    String lines = request.query().getOrDefault("lines", "100");
    if (!lines.matches("\\d{1,6}")) {
      return new Answer.Refusal(400, "lines is a number from 0 on, not '" + lines + "'");
    }
    boolean follow = request.query().getOrDefault("follow", "false").equals("true");
    return new Answer.Lines(
        sink -> {
          try (LogFollower follower = up.follow()) { // first, so that none is missed in between
            List<LogLine> recent = recent(services);
            int last = Math.min(recent.size(), Integer.parseInt(lines));
            for (LogLine line : recent.subList(recent.size() - last, recent.size())) {
              sink.line(line);
            }
            if (follow) {
              follow(follower, services, recent, sink);
            }
          }
        });
  }

  private List<LogLine> recent(List<String> services) {
    return up.names().stream()
        .filter(name -> services.isEmpty() || services.contains(name))
        .flatMap(name -> up.fleet().recent(name).stream())
        .sorted(Comparator.comparing(LogLine::at))
        .toList();
  }

  /** A line that came while the recent ones were collected may be in both. */
  private static void follow(
      LogFollower follower, List<String> services, List<LogLine> recent, LineSink sink)
      throws IOException, InterruptedException {
    Instant newest = recent.isEmpty() ? Instant.MIN : recent.getLast().at();
    Set<LogLine> told = Set.copyOf(recent);
    while (sink.isOpen()) {
      LogLine line = follower.next(LOOK).orElse(null);
      if (line != null
          && (services.isEmpty() || services.contains(line.service()))
          && (line.at().isAfter(newest) || !told.contains(line))) {
        sink.line(line);
      }
    }
  }
}
