package dev.cubit.diagnose.jvm;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.jvm.DumpedThread.State;
import dev.cubit.diagnose.recording.Frame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The JSON of {@code Thread.dump_to_file}: Java 21 writes stacks alone, Java 25 states as well. */
final class JsonDump {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonDump() {}

  static ThreadDump parse(Path file) throws DiagnoseException {
    try {
      return parse(JSON.readTree(file.toFile()));
    } catch (JacksonException e) {
      throw new DiagnoseException("the JVM wrote a thread dump that cannot be read: " + file, e);
    }
  }

  static ThreadDump parse(JsonNode root) {
    List<DumpedThread> threads = new ArrayList<>();
    for (JsonNode container : root.path("threadDump").path("threadContainers")) {
      String name = container.path("container").asString("");
      for (JsonNode thread : container.path("threads")) {
        threads.add(thread(thread, name.equals("<root>") ? "" : name));
      }
    }
    return new ThreadDump(threads);
  }

  private static DumpedThread thread(JsonNode thread, String container) {
    List<Frame> stack = new ArrayList<>();
    thread.path("stack").forEach(line -> stack.add(StackLine.parse(line.asString(""))));
    List<String> owned = new ArrayList<>();
    for (JsonNode depth : thread.path("monitorsOwned")) {
      depth.path("locks").forEach(lock -> owned.add(lock.asString("")));
    }
    boolean virtual = thread.path("virtual").asBoolean(false);
    return new DumpedThread(
        thread.path("tid").asLong(0),
        thread.path("name").asString(""),
        container,
        virtual,
        // Java 21 does not tell
        !virtual || thread.has("carrier") || !thread.has("state"),
        state(thread.path("state").asString("")),
        blocker(thread),
        owned,
        stack);
  }

  static State state(String name) {
    return switch (name) {
      case "RUNNABLE", "NEW" -> State.RUNNABLE;
      case "BLOCKED" -> State.BLOCKED;
      case "WAITING" -> State.WAITING;
      case "TIMED_WAITING" -> State.TIMED_WAITING;
      default -> State.UNKNOWN;
    };
  }

  private static String blocker(JsonNode thread) {
    String blocked = thread.path("blockedOn").asString("");
    if (!blocked.isEmpty()) {
      return blocked;
    }
    String parked = thread.path("parkBlocker").path("object").asString("");
    return parked.isEmpty() ? thread.path("waitingOn").asString("") : parked;
  }
}
