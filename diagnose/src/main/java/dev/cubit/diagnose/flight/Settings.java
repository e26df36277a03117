package dev.cubit.diagnose.flight;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which events the JVM is asked to record. Our own, and lean: the JDK's {@code default} costs a
 * server that does nothing a fifth of its throughput. Nothing that holds values of the environment,
 * of properties or of command lines is among them.
 */
public enum Settings {
  /** What a verdict needs; waits come from thread dumps, so their events are few. */
  DOCTOR,
  /** Where CPU time and allocation go, densely sampled, and long waits. */
  FLAME,
  /** Every wait of a millisecond and more. */
  BUBBLE,
  /** Allocation, and what survives. */
  HEAP;

  private static final String FLIGHT = "jdk.";

  /** JEP 509; the JVM that is asked runs on this machine. */
  private static final int CPU_TIME_SINCE = 25;

  private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");

  /**
   * In the JDK's own XML, as {@code JFR.start settings=FILE} takes it.
   *
   * @param feature the release of the JVM that is asked: 17, 21, 25
   */
  String xml(int feature) {
    StringBuilder xml =
        new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            .append("<configuration version=\"2.0\" label=\"cubit\">\n");
    events(feature >= CPU_TIME_SINCE && LINUX)
        .forEach(
            (event, words) -> {
              xml.append(" <event name=\"").append(FLIGHT).append(event).append("\">\n");
              setting(xml, "enabled", "true");
              for (String word : words.isEmpty() ? new String[0] : words.split(" ", -1)) {
                int equals = word.indexOf('=');
                setting(xml, word.substring(0, equals), word.substring(equals + 1));
              }
              xml.append(" </event>\n");
            });
    return xml.append("</configuration>\n").toString();
  }

  /** Samples a second; a thousand cost a service of 0.5 ms a request one percent of its CPU. */
  private int allocations() {
    return switch (this) {
      case HEAP -> 1_000;
      case FLAME -> 300;
      case DOCTOR, BUBBLE -> 100;
    };
  }

  private static void setting(StringBuilder xml, String name, String value) {
    xml.append("  <setting name=\"")
        .append(name)
        .append("\">")
        .append(value.replace('_', ' '))
        .append("</setting>\n");
  }

  /** Each event with its settings, {@code name=value}; a _ stands for a space. */
  private Map<String, String> events(boolean cpuTime) {
    Map<String, String> events = new LinkedHashMap<>();
    String stacks = "stackTrace=true ";
    if (cpuTime) {
      events.put("CPUTimeSample", stacks + "throttle=10_ms");
      events.put("CPUTimeSamplesLost", "");
    } else {
      events.put("ExecutionSample", "period=20_ms");
    }
    events.put("CPULoad", "period=1_s");
    // the collector
    events.put("GCPhasePause", "threshold=0_ms");
    events.put("GarbageCollection", "threshold=0_ms");
    events.put("GCHeapSummary", "");
    events.put("GCConfiguration", "");
    events.put("GCHeapConfiguration", "");
    events.put("ZAllocationStall", stacks + "threshold=0_ms");
    events.put("ObjectAllocationSample", stacks + "throttle=" + allocations() + "/s");
    // with stacks the JVM walks one at each refill of a thread's allocation buffer, kept or not:
    // 5 % of the CPU of a service that allocates 300 MB/s. Without, a survivor still has its class
    if (this == HEAP) {
      events.put("OldObjectSample", stacks + "cutoff=10_s");
    } else if (this == DOCTOR) {
      events.put("OldObjectSample", "stackTrace=false cutoff=0_ns");
    }
    // waits: the ledger counts them in dumps, these tell addresses, paths and owners
    String wait = stacks + "threshold=" + (this == BUBBLE ? "1_ms" : "10_ms");
    String io = stacks + "threshold=1_ms throttle=" + (this == BUBBLE ? "off" : "100/s");
    events.put("JavaMonitorEnter", wait);
    events.put("VirtualThreadPinned", stacks + "threshold=1_ms");
    events.put("SocketRead", io);
    events.put("SocketWrite", io);
    events.put("SocketConnect", io);
    events.put("FileRead", io);
    events.put("FileWrite", io);
    events.put("FileForce", stacks + "threshold=1_ms");
    if (this == BUBBLE || this == FLAME) {
      events.put("ThreadPark", wait);
      events.put("JavaMonitorWait", wait);
      events.put("ThreadSleep", wait);
    }
    if (this == BUBBLE) {
      // virtual threads that are parked leave no other trace (JEP 520)
      events.put(
          "MethodTrace",
          stacks
              + "threshold=1_ms filter=java.util.concurrent.locks.LockSupport::park;"
              + "java.util.concurrent.locks.LockSupport::parkNanos");
    }
    // what stops all threads, and what is still to be compiled or loaded
    events.put("ExecuteVMOperation", "threshold=1_ms");
    events.put("Compilation", "threshold=100_ms");
    events.put("CompilerStatistics", "period=1_s");
    events.put("ClassLoadingStatistics", "period=1_s");
    events.put("ExceptionStatistics", "period=1_s");
    events.put("ResidentSetSize", "period=1_s");
    events.put("NativeMemoryUsage", "period=1_s");
    return events;
  }
}
