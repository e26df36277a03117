package dev.cubit.scale;

import dev.cubit.scale.clone.RotatingFile;
import dev.cubit.scale.gateway.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of JSON a request, in a file that rotates. Where it cannot be written that is said once,
 * and again when it could be written in between. Used by one thread, the gateway's teller.
 */
final class AccessLog implements Access.Listener, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path path;
  private final Notices notices;
  private final RotatingFile file;
  private boolean broken;

  AccessLog(Path path, Notices notices) {
    this.path = path;
    this.notices = notices;
    this.file = new RotatingFile(path);
  }

  @Override
  public void ended(List<Access> requests) {
    try {
      file.write(requests.stream().map(AccessLog::line).collect(Collectors.joining("\n")));
      broken = false;
    } catch (IOException e) {
      if (!broken) {
        notices.tell(Notice.bad("", "the access log " + path + " cannot be written: " + e));
      }
      broken = true;
    }
  }

  private static String line(Access request) {
    ObjectNode line = JSON.createObjectNode();
    line.put("time", request.at().toString())
        .put("client", request.client())
        .put("method", request.method())
        .put("target", request.target())
        .put("service", request.service())
        .put("endpoint", request.endpoint())
        .put("attempts", request.attempts())
        .put("status", request.status())
        .put("bytesIn", request.bytesIn())
        .put("bytesOut", request.bytesOut())
        .put("millis", request.nanos() / 1e6);
    return JSON.writeValueAsString(line);
  }

  @Override
  public void close() {
    file.close();
  }
}
