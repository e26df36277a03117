package dev.cubit.diagnose.recording;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.Secrets;
import dev.cubit.diagnose.recording.Recording.Allocation;
import dev.cubit.diagnose.recording.Recording.Collection;
import dev.cubit.diagnose.recording.Recording.Collector;
import dev.cubit.diagnose.recording.Recording.Compilation;
import dev.cubit.diagnose.recording.Recording.Counters;
import dev.cubit.diagnose.recording.Recording.CpuSample;
import dev.cubit.diagnose.recording.Recording.HeapLook;
import dev.cubit.diagnose.recording.Recording.JvmNames;
import dev.cubit.diagnose.recording.Recording.OldObject;
import dev.cubit.diagnose.recording.Recording.Pause;
import dev.cubit.diagnose.recording.Recording.Resident;
import dev.cubit.diagnose.recording.Recording.Thrown;
import dev.cubit.diagnose.recording.Recording.VmOperation;
import dev.cubit.diagnose.recording.Recording.Wait;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a flight recording once, from its begin to its end, and keeps what a diagnosis needs. Made
 * for one recording.
 *
 * <p>An event type or a field that this JVM's recording does not have is no error: what it would
 * have told is just not there.
 */
public final class RecordingReader {
  private static final int MOST_WAITS = 2_000_000;

  /** What Java 17 and 21 take one sample of a running thread for. */
  private static final long EXECUTION_SAMPLE_NANOS = 20_000_000;

  /** These tell of the recording and the JVM, and are there also where nothing else was. */
  private static final Set<String> OF_THE_JVM =
      Set.of("jdk.JVMInformation", "jdk.GCConfiguration", "jdk.GCHeapConfiguration");

  /**
   * As in {@code OpenJDK 64-Bit Server VM (17.0.1+12) for linux-amd64 JRE (17.0.1+12), built …}.
   */
  private static final Pattern JAVA = Pattern.compile("JRE \\((?:1\\.)?(\\d{1,3})[^)]*\\)");

  private static final Duration FARTHEST = Duration.ofHours(1);
  private static final String CLASS_NAME = "Class Name: ";

  private final Map<String, Consumer<RecordedEvent>> readers = new HashMap<>();
  private final Traces traces = new Traces();
  private final Map<String, String> names = new HashMap<>();

  private final List<CpuSample> cpuTime = new ArrayList<>();
  private final List<CpuSample> execution = new ArrayList<>();
  private final List<Wait> waits = new ArrayList<>();
  private final List<Wait> tracedParks = new ArrayList<>();
  private final List<Pause> pauses = new ArrayList<>();
  private final List<HeapLook> heap = new ArrayList<>();
  private final List<Allocation> allocations = new ArrayList<>();
  private final List<Allocation> tlabs = new ArrayList<>();
  private final AsyncEvents async = new AsyncEvents(traces);
  private final List<OldObject> oldObjects = new ArrayList<>();
  private final List<VmOperation> operations = new ArrayList<>();
  private final List<Compilation> compilations = new ArrayList<>();
  private final List<Thrown> thrown = new ArrayList<>();
  private final List<Counters> counters = new ArrayList<>();
  private final List<Resident> resident = new ArrayList<>();
  private final Map<String, Long> nativeMemory = new HashMap<>();
  private final List<Collection> collections = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Collector collector = Collector.UNKNOWN;
  private JvmNames jvm = new JvmNames("", "", "", 0);
  private long lostCpuSamples;
  private long waitsLeftOut;
  private long events;
  private long told;
  private Instant first = Instant.MAX;
  private Instant last = Instant.MIN;
  private Instant base = Instant.MAX;
  private Instant chunkBegin = Instant.EPOCH;

  RecordingReader() {
    on("jdk.CPUTimeSample", e -> sample(e, cpuTime, duration(e, "samplingPeriod"), "eventThread"));
    on("jdk.ExecutionSample", this::executionSample);
    on("profiler.WallClockSample", e -> async.wallClock(e, at(e)));
    on("jdk.ActiveSetting", async::setting);
    on("jdk.CPUTimeSamplesLost", e -> lostCpuSamples += number(e, "lostSamples"));
    on("jdk.JavaMonitorEnter", e -> wait(e, WaitKind.MONITOR, type(e, "monitorClass")));
    on("jdk.ThreadPark", e -> wait(e, WaitKind.PARK, type(e, "parkedClass")));
    on("jdk.JavaMonitorWait", e -> wait(e, WaitKind.OBJECT_WAIT, type(e, "monitorClass")));
    on("jdk.ThreadSleep", e -> wait(e, WaitKind.SLEEP, ""));
    on("jdk.SocketRead", e -> wait(e, WaitKind.SOCKET_READ, address(e)));
    on("jdk.SocketWrite", e -> wait(e, WaitKind.SOCKET_WRITE, address(e)));
    on("jdk.SocketConnect", e -> wait(e, WaitKind.SOCKET_CONNECT, address(e)));
    on("jdk.FileRead", e -> wait(e, WaitKind.FILE_READ, text(e, "path")));
    on("jdk.FileWrite", e -> wait(e, WaitKind.FILE_WRITE, text(e, "path")));
    on("jdk.FileForce", e -> wait(e, WaitKind.FILE_FORCE, text(e, "path")));
    on("jdk.VirtualThreadPinned", e -> wait(e, WaitKind.PINNED, text(e, "pinnedReason")));
    on("jdk.ZAllocationStall", e -> wait(e, WaitKind.ALLOCATION_STALL, text(e, "type")));
    on("jdk.MethodTrace", this::methodTrace);
    on(
        "jdk.GCPhasePause",
        e -> pauses.add(new Pause(at(e), e.getDuration().toNanos(), text(e, "name"))));
    on("jdk.GarbageCollection", this::collection);
    on("jdk.GCConfiguration", this::collectorNames);
    on("jdk.GCHeapConfiguration", this::heapLimit);
    on("jdk.GCHeapSummary", this::heapSummary);
    on("jdk.ObjectAllocationSample", e -> allocation(e, allocations, "weight"));
    on("jdk.ObjectAllocationInNewTLAB", e -> allocation(e, tlabs, "tlabSize"));
    on("jdk.ObjectAllocationOutsideTLAB", e -> allocation(e, tlabs, "allocationSize"));
    on("jdk.OldObjectSample", this::oldObject);
    on(
        "jdk.ExecuteVMOperation",
        e ->
            operations.add(
                new VmOperation(
                    at(e), e.getDuration().toNanos(), text(e, "operation"), flag(e, "safepoint"))));
    on("jdk.Compilation", this::compilation);
    on(
        "jdk.JavaExceptionThrow",
        e -> thrown.add(new Thrown(at(e), type(e, "thrownClass"), traces.of(e.getStackTrace()))));
    on("jdk.JavaErrorThrow", readers.get("jdk.JavaExceptionThrow"));
    on(
        "jdk.CPULoad",
        e ->
            counters.add(
                new Counters(
                    at(e),
                    e.getFloat("jvmUser"),
                    e.getFloat("jvmSystem"),
                    e.getFloat("machineTotal"),
                    -1,
                    -1,
                    -1)));
    on("jdk.ExceptionStatistics", e -> counted(e, number(e, "throwables"), -1, -1));
    on("jdk.ClassLoadingStatistics", e -> counted(e, -1, number(e, "loadedClassCount"), -1));
    on("jdk.CompilerStatistics", e -> counted(e, -1, -1, duration(e, "totalTimeSpent")));
    on(
        "jdk.ResidentSetSize",
        e -> resident.add(new Resident(at(e), number(e, "size"), number(e, "peak"))));
    on("jdk.NativeMemoryUsage", e -> nativeMemory.put(text(e, "type"), number(e, "committed")));
    on("jdk.JVMInformation", this::jvmInformation);
  }

  private void on(String event, @Nullable Consumer<RecordedEvent> reader) {
    if (reader != null) {
      readers.put(event, reader);
    }
  }

  /**
   * Reads a file.
   *
   * @throws DiagnoseException where it is not a recording, is empty, or is damaged before its first
   *     event; where it is damaged later, {@link Recording#notes} says so
   */
  public static Recording read(Path file) throws DiagnoseException {
    RecordingReader reader = new RecordingReader();
    reader.chunkBegin = Header.of(file).begin();
    try {
      long end = FinishedChunks.end(file);
      long size = Files.size(file);
      if (end == 0) {
        throw unreadable(file, null);
      } else if (end == size) {
        reader.events(file);
      } else {
        reader.beginning(file, end);
        reader.notes.add(
            "its last %,d bytes are cut off or damaged, and left out".formatted(size - end));
      }
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      // the JDK's reader throws what its parser happens to meet in a damaged file: lengths that no
      // memory has room for, types that there are not
      if (reader.events == 0) {
        throw unreadable(file, e);
      }
      reader.notes.add(
          "the recording is damaged after %,d events: what follows is of those"
              .formatted(reader.events));
    }
    return reader.result(file);
  }

  private static DiagnoseException unreadable(Path file, @Nullable Throwable cause) {
    return new DiagnoseException(
        file
            + " is a flight recording that was not ended, is cut off or damaged: not one event of"
            + " it can be read",
        cause);
  }

  private void events(Path file) throws IOException {
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        accept(recording.readEvent());
      }
    }
  }

  /** Of a copy, as the JDK's reader takes whole files only. */
  private void beginning(Path file, long end) throws IOException {
    Path copy = Files.createTempFile("cubit-", ".jfr");
    try (FileChannel from = FileChannel.open(file);
        FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      for (long at = 0; at < end; ) {
        at += from.transferTo(at, end - at, to);
      }
      events(copy);
    } finally {
      Files.delete(copy);
    }
  }

  /** Takes one event; the first decides where time begins. */
  void accept(RecordedEvent event) {
    events++;
    Instant begin = event.getStartTime();
    if (events == 1) {
      // a header that makes no sense (damage) is not believed
      boolean near = Duration.between(chunkBegin, begin).abs().compareTo(FARTHEST) < 0;
      base = near && chunkBegin.isBefore(begin) ? chunkBegin : begin;
      first = base;
    }
    if (begin.isBefore(first)) {
      first = begin;
    }
    if (event.getEndTime().isAfter(last)) {
      last = event.getEndTime();
    }
    Consumer<RecordedEvent> reader = readers.get(event.getEventType().getName());
    if (reader != null) {
      told += OF_THE_JVM.contains(event.getEventType().getName()) ? 0 : 1;
      reader.accept(event);
    }
  }

  boolean isEmpty() {
    return events == 0;
  }

  Recording result(Path file) throws DiagnoseException {
    requireJava(file);
    if (told == 0) {
      throw new DiagnoseException(
          file
              + " holds no events that tell of the service: record while it is under load, with"
              + " settings=profile or by cubit");
    }
    if (waitsLeftOut > 0) {
      notes.add("%,d waits beyond the first %,d are left out".formatted(waitsLeftOut, MOST_WAITS));
    }
    waits.addAll(tracedParks);
    // Java 25 may record both kinds of samples: they would count everything twice
    List<CpuSample> cpu = cpuTime.isEmpty() ? execution : cpuTime;
    cpu.sort(Comparator.comparingLong(CpuSample::at));
    counters.sort(Comparator.comparingLong(Counters::at));
    heap.sort(Comparator.comparingLong(HeapLook::at));
    collections.sort(Comparator.comparingLong(Collection::at));
    return new Recording(
        base,
        Duration.between(first, last),
        events,
        jvm,
        cpu,
        lostCpuSamples,
        waits,
        pauses,
        heap,
        allocations.isEmpty() ? tlabs : allocations, // some JVMs are told to record both
        oldObjects,
        operations,
        compilations,
        thrown,
        counters,
        resident,
        nativeMemory,
        collections,
        collector,
        async.profile(),
        notes);
  }

  private void executionSample(RecordedEvent e) {
    if (async.isAsleep(e)) {
      async.wallClock(e, at(e));
    } else {
      sample(e, execution, async.cpuNanos().orElse(EXECUTION_SAMPLE_NANOS), "sampledThread");
    }
  }

  private void requireJava(Path file) throws DiagnoseException {
    Matcher java = JAVA.matcher(jvm.version());
    if (java.find() && Integer.parseInt(java.group(1)) < Recording.OLDEST_JAVA) {
      throw new DiagnoseException(
          "%s was recorded by Java %s: a diagnosis is for Java %d and newer"
              .formatted(file, java.group(1), Recording.OLDEST_JAVA));
    }
  }

  private void sample(RecordedEvent e, List<CpuSample> into, long weight, String threadField) {
    boolean failed = e.hasField("failed") && e.getBoolean("failed");
    RecordedThread thread = thread(e, threadField);
    Trace trace = failed ? Trace.NONE : traces.of(e.getStackTrace());
    into.add(new CpuSample(at(e), weight, threadName(thread), trace, threadId(thread)));
  }

  private void wait(RecordedEvent e, WaitKind kind, String detail) {
    add(waits, e, kind, detail);
  }

  private void add(List<Wait> into, RecordedEvent e, WaitKind kind, String detail) {
    if (waits.size() + tracedParks.size() >= MOST_WAITS) {
      waitsLeftOut++;
      return;
    }
    RecordedThread thread = e.getThread();
    into.add(
        new Wait(
            kind,
            at(e),
            e.getDuration().toNanos(),
            threadName(thread),
            thread != null && thread.isVirtual(),
            detail,
            traces.of(e.getStackTrace()),
            threadId(thread),
            e.hasField("previousOwner") ? threadId(e.getThread("previousOwner")) : 0));
  }

  /** Platform threads have their own event for the same wait. */
  private void methodTrace(RecordedEvent e) {
    RecordedThread thread = e.getThread();
    if (thread != null && thread.isVirtual()) {
      add(tracedParks, e, WaitKind.PARK, "");
    }
  }

  private void heapSummary(RecordedEvent e) {
    long committed =
        e.hasField("heapSpace.committedSize") ? e.getLong("heapSpace.committedSize") : 0;
    heap.add(
        new HeapLook(at(e), text(e, "when").startsWith("After"), number(e, "heapUsed"), committed));
  }

  private void collection(RecordedEvent e) {
    collections.add(
        new Collection(
            at(e),
            e.getDuration().toNanos(),
            text(e, "name"),
            text(e, "cause"),
            duration(e, "sumOfPauses"),
            duration(e, "longestPause")));
  }

  private void collectorNames(RecordedEvent e) {
    collector =
        new Collector(text(e, "youngCollector"), text(e, "oldCollector"), collector.maxHeapBytes());
  }

  private void heapLimit(RecordedEvent e) {
    collector = new Collector(collector.young(), collector.old(), number(e, "maxSize"));
  }

  private void allocation(RecordedEvent e, List<Allocation> into, String weight) {
    into.add(
        new Allocation(
            at(e),
            number(e, weight),
            type(e, "objectClass"),
            threadName(e.getThread()),
            traces.of(e.getStackTrace())));
  }

  private void oldObject(RecordedEvent e) {
    List<String> path = new ArrayList<>();
    RecordedObject object = e.hasField("object") ? e.getValue("object") : null;
    String type = object == null ? "" : type(object, "type");
    for (int hops = 0; object != null && hops < 200; hops++) {
      RecordedObject referrer = object.hasField("referrer") ? object.getValue("referrer") : null;
      if (referrer == null) {
        break;
      }
      RecordedObject field = referrer.getValue("field");
      RecordedObject holder = referrer.getValue("object");
      String in = holder == null ? "" : holder(holder);
      path.add(field == null ? in + "[]" : in + "." + text(field, "name"));
      object = holder;
    }
    RecordedObject root = e.hasField("root") ? e.getValue("root") : null;
    oldObjects.add(
        new OldObject(
            type,
            duration(e, "objectAge"),
            number(e, "objectSize"),
            number(e, "lastKnownHeapUsage"),
            path,
            root == null ? "" : (text(root, "system") + ", " + text(root, "type")),
            traces.of(e.getStackTrace())));
  }

  /** A static field is held by its class, which the JVM names in the description only. */
  private static String holder(RecordedObject object) {
    String type = type(object, "type");
    String description = text(object, "description");
    return type.equals("java.lang.Class") && description.startsWith(CLASS_NAME)
        ? "static " + description.substring(CLASS_NAME.length())
        : type;
  }

  private void compilation(RecordedEvent e) {
    RecordedObject method = e.getValue("method");
    String name = "";
    if (method != null) {
      name = type(method, "type") + "." + text(method, "name");
    }
    compilations.add(
        new Compilation(at(e), e.getDuration().toNanos(), (int) number(e, "compileLevel"), name));
  }

  private void counted(RecordedEvent e, long exceptions, long classes, long compileNanos) {
    counters.add(new Counters(at(e), -1, -1, -1, exceptions, classes, compileNanos));
  }

  private void jvmInformation(RecordedEvent e) {
    Instant started = e.getInstant("jvmStartTime");
    jvm =
        new JvmNames(
            text(e, "jvmVersion"),
            Secrets.masked(text(e, "jvmArguments")),
            Secrets.masked(text(e, "javaArguments")),
            started == null ? 0 : Duration.between(started, base).toNanos());
  }

  private long at(RecordedEvent e) {
    return Duration.between(base, e.getStartTime()).toNanos();
  }

  private static @Nullable RecordedThread thread(RecordedEvent e, String field) {
    RecordedThread thread = e.hasField(field) ? e.getThread(field) : null;
    return thread == null ? e.getThread() : thread;
  }

  private static long threadId(@Nullable RecordedThread thread) {
    return thread == null ? 0 : thread.getId();
  }

  private String threadName(@Nullable RecordedThread thread) {
    if (thread == null) {
      return "";
    }
    if (thread.isVirtual()) {
      return "virtual threads";
    }
    String name = thread.getJavaName() == null ? thread.getOSName() : thread.getJavaName();
    return name == null ? "" : names.computeIfAbsent(name, n -> n);
  }

  private static String address(RecordedEvent e) {
    String host = text(e, "host");
    return (host.isEmpty() ? text(e, "address") : host) + ":" + number(e, "port");
  }

  private static String type(RecordedObject e, String field) {
    if (!e.hasField(field)) {
      return "";
    }
    RecordedClass type = e.getClass(field);
    return type == null ? "" : type.getName();
  }

  private static String text(RecordedObject e, String field) {
    if (!e.hasField(field)) {
      return "";
    }
    Object value = e.getValue(field);
    return value == null ? "" : value.toString();
  }

  private static boolean flag(RecordedEvent e, String field) {
    return e.hasField(field) && e.getBoolean(field);
  }

  private static long number(RecordedEvent e, String field) {
    return e.hasField(field) ? e.getLong(field) : 0;
  }

  private static long duration(RecordedEvent e, String field) {
    return e.hasField(field) ? e.getDuration(field).toNanos() : 0;
  }
}
