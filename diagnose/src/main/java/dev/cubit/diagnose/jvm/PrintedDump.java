package dev.cubit.diagnose.jvm;

import dev.cubit.diagnose.jvm.DumpedThread.State;
import dev.cubit.diagnose.recording.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of {@code Thread.print}, which every JVM has; it knows no virtual threads. */
final class PrintedDump {
  private static final Pattern HEAD = Pattern.compile("^\"(.*)\" #(\\d+) .*");
  private static final Pattern STATE =
      Pattern.compile("^   java\\.lang\\.Thread\\.State: (\\w+).*");
  private static final Pattern WAITS =
      Pattern.compile(
          "^\\s+- (?:waiting to lock|waiting on|waiting to re-lock in wait\\(\\)|parking to wait"
              + " for ) ?<(0x\\w+)> \\(a (.+)\\)$");
  private static final Pattern LOCKED = Pattern.compile("^\\s+- locked <(0x\\w+)> \\(a (.+)\\)$");

  private PrintedDump() {}

  static ThreadDump parse(String text) {
    List<DumpedThread> threads = new ArrayList<>();
    List<String> block = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("\"")) {
        thread(block, threads);
        block.clear();
      }
      block.add(line);
    }
    thread(block, threads);
    return new ThreadDump(threads);
  }

  private static void thread(List<String> block, List<DumpedThread> threads) {
    Matcher head = block.isEmpty() ? null : HEAD.matcher(block.getFirst());
    if (head == null || !head.matches()) {
      return; // a thread of the JVM itself has no number
    }
    State state = State.RUNNABLE;
    String blocker = "";
    List<String> owned = new ArrayList<>();
    List<Frame> stack = new ArrayList<>();
    for (String line : block) {
      Matcher stated = STATE.matcher(line);
      Matcher waits = WAITS.matcher(line);
      Matcher locked = LOCKED.matcher(line);
      if (stated.matches()) {
        state = JsonDump.state(stated.group(1));
      } else if (line.startsWith("\tat ")) {
        stack.add(StackLine.parse(line.substring(4).strip()));
      } else if (stack.size() <= 1 && waits.matches()) {
        blocker = waits.group(2) + "@" + waits.group(1);
      } else if (locked.matches()) {
        owned.add(locked.group(2) + "@" + locked.group(1));
      }
    }
    owned.remove(blocker); // Object.wait prints its monitor as locked, though it has let it go
    threads.add(
        new DumpedThread(
            Long.parseLong(head.group(2)),
            head.group(1),
            "",
            false,
            true,
            state,
            blocker,
            owned,
            stack));
  }
}
