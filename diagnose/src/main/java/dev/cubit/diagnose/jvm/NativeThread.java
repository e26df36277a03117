package dev.cubit.diagnose.jvm;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A thread of the operating system in a JVM.
 *
 * @param name in full, where the kernel keeps 15 bytes of it
 * @param javaId of {@link DumpedThread#id()}, or 0 for a thread of the JVM itself
 */
public record NativeThread(String name, long javaId, Kind kind) {

  /** Whose work it does. */
  public enum Kind {
    JAVA,
    COLLECTOR,
    COMPILER,
    /** Safepoints, timers, signals, attaching. */
    JVM
  }

  /** Java 17 writes nid in hexadecimal. */
  private static final Pattern HEAD =
      Pattern.compile("(?m)^\"(.*)\" (?:#(\\d+) )?.*\\bnid=(0x[0-9a-f]+|\\d+) ");

  private static final Pattern COLLECTOR =
      Pattern.compile("(?:GC |G1 |ZDriver|ZWorker|ZDirector|ZStat|ZUn|X|ParGC|Shenandoah|Conc).*");
  private static final Pattern OWN =
      Pattern.compile(
          "VM .*|Signal Dispatcher|Attach Listener|Service Thread|Monitor Deflation Thread"
              + "|Notification Thread|JFR .*|Cubit.*");

  /** By their numbers, from the text of {@code Thread.print}. */
  static Map<Long, NativeThread> parse(String text) {
    Map<Long, NativeThread> threads = new HashMap<>();
    Matcher head = HEAD.matcher(text);
    while (head.find()) {
      String name = head.group(1);
      long id = head.group(2) == null ? 0 : Long.parseLong(head.group(2));
      threads.put(Long.decode(head.group(3)), new NativeThread(name, id, kind(name, id)));
    }
    return threads;
  }

  private static Kind kind(String name, long id) {
    if (name.matches("C[12] CompilerThread\\d+|JVMCI.*Compiler.*|Sweeper thread")) {
      return Kind.COMPILER;
    }
    if (OWN.matcher(name).matches()) {
      return Kind.JVM;
    }
    if (id == 0) {
      return COLLECTOR.matcher(name).matches() ? Kind.COLLECTOR : Kind.JVM;
    }
    return Kind.JAVA;
  }
}
