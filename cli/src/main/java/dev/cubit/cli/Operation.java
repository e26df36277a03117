package dev.cubit.cli;

import dev.cubit.scale.control.ControlClient;
import dev.cubit.scale.topology.ScaleException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/** Something that a running system is asked to do, with what happens meanwhile on stderr. */
final class Operation {
  private Operation() {}

  /**
   * Returns when it is done.
   *
   * @param path of the resource, as {@code /v1/services/qr/reload}
   * @throws CliException where it is not wanted, or could not be done
   */
  static void ask(ControlClient system, Terminal terminal, String method, String path)
      throws CliException {
    ask(system, terminal, method, path, Map.of());
  }

  /** Likewise, with what it is to be, which becomes JSON. */
  static void ask(
      ControlClient system, Terminal terminal, String method, String path, Map<String, ?> body)
      throws CliException {
    AtomicReference<String> failed = new AtomicReference<>("it has ended before that was done");
    Interrupts.stopWith(system::close);
    try {
      system.lines(method, path, body, line -> take(line, terminal, failed));
    } catch (ScaleException e) {
      throw CheckCommand.refused(e, "nothing was changed", terminal);
    }
    if (Interrupts.interrupted()) {
      throw new CliException(
          Exit.INTERRUPTED,
          "what was begun goes on without this terminal: that of cubit up tells how it ends");
    }
    if (!failed.get().isEmpty()) {
      throw new CliException(Exit.TARGET, failed.get());
    }
  }

  /** Of what can be done to a service. */
  static String path(String service, String what) {
    return "/v1/services/" + URLEncoder.encode(service, StandardCharsets.UTF_8) + "/" + what;
  }

  private static void take(JsonNode line, Terminal terminal, AtomicReference<String> failed) {
    if (line.has("sentence")) {
      terminal.note(line.path("sentence").asString());
      line.path("output")
          .forEach(l -> terminal.err().println("  | " + Terminal.oneLine(l.asString())));
    } else if (line.has("failed")) {
      failed.set(line.path("failed").asString());
    } else if (line.path("done").asBoolean(false)) {
      failed.set("");
    }
  }
}
