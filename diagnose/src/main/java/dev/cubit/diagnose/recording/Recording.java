package dev.cubit.diagnose.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found in a flight recording. Times are nanoseconds since its start.
 *
 * @param start of the first event
 * @param events how many there were, of all types
 * @param jvm what it says of the JVM; fields are empty where the event is not in it
 * @param cpu samples of running code, in order of time
 * @param lostCpuSamples that the JVM could not take
 * @param waits of threads, of all kinds
 * @param pauses in which the garbage collector stopped all threads
 * @param heap its use before and after collections
 * @param allocations samples; the weight is what they stand for
 * @param oldObjects that had survived, sampled: where leaks show
 * @param operations in which the JVM stopped all threads, or that it did in its own thread
 * @param compilations by the JIT
 * @param thrown exceptions, a sample
 * @param counters looks at what the JVM counts, in order of time
 * @param resident looks at the process's memory
 * @param nativeMemory the last look, by type, in bytes committed; empty without NMT
 * @param collections of the heap, in order of time
 * @param collector which it is, and the most heap it may use
 * @param async empty where the JVM's own recorder has recorded
 * @param notes sentences on what is missing or damaged
 */
public record Recording(
    Instant start,
    Duration length,
    long events,
    JvmNames jvm,
    List<CpuSample> cpu,
    long lostCpuSamples,
    List<Wait> waits,
    List<Pause> pauses,
    List<HeapLook> heap,
    List<Allocation> allocations,
    List<OldObject> oldObjects,
    List<VmOperation> operations,
    List<Compilation> compilations,
    List<Thrown> thrown,
    List<Counters> counters,
    List<Resident> resident,
    Map<String, Long> nativeMemory,
    List<Collection> collections,
    Collector collector,
    Optional<AsyncProfile> async,
    List<String> notes) {

  /** The oldest JVM whose recordings are understood. */
  public static final int OLDEST_JAVA = 17;

  public Recording {
    cpu = List.copyOf(cpu);
    waits = List.copyOf(waits);
    pauses = List.copyOf(pauses);
    heap = List.copyOf(heap);
    allocations = List.copyOf(allocations);
    oldObjects = List.copyOf(oldObjects);
    operations = List.copyOf(operations);
    compilations = List.copyOf(compilations);
    thrown = List.copyOf(thrown);
    counters = List.copyOf(counters);
    resident = List.copyOf(resident);
    nativeMemory = Map.copyOf(nativeMemory);
    collections = List.copyOf(collections);
    notes = List.copyOf(notes);
  }

  /** Of the JVM's own recorder. */
  public Recording(
      Instant start,
      Duration length,
      long events,
      JvmNames jvm,
      List<CpuSample> cpu,
      long lostCpuSamples,
      List<Wait> waits,
      List<Pause> pauses,
      List<HeapLook> heap,
      List<Allocation> allocations,
      List<OldObject> oldObjects,
      List<VmOperation> operations,
      List<Compilation> compilations,
      List<Thrown> thrown,
      List<Counters> counters,
      List<Resident> resident,
      Map<String, Long> nativeMemory,
      List<Collection> collections,
      Collector collector,
      List<String> notes) {
    this(
        start,
        length,
        events,
        jvm,
        cpu,
        lostCpuSamples,
        waits,
        pauses,
        heap,
        allocations,
        oldObjects,
        operations,
        compilations,
        thrown,
        counters,
        resident,
        nativeMemory,
        collections,
        collector,
        Optional.empty(),
        notes);
  }

  /**
   * What the recording says of its JVM.
   *
   * @param javaWords main class or jar, and the program's own words
   * @param startNanosBefore how long it had run when the recording began
   */
  public record JvmNames(
      String version, String jvmWords, String javaWords, long startNanosBefore) {}

  /**
   * A thread that was on the CPU.
   *
   * @param weightNanos of CPU time that it stands for
   * @param threadId tells threads of one recording apart; 0 where not known
   */
  public record CpuSample(long at, long weightNanos, String thread, Trace trace, long threadId) {

    /** Of a thread that is not told apart. */
    public CpuSample(long at, long weightNanos, String thread, Trace trace) {
      this(at, weightNanos, thread, trace, 0);
    }
  }

  /** What a thread waited for. */
  public enum WaitKind {
    MONITOR,
    PARK,
    OBJECT_WAIT,
    SLEEP,
    SOCKET_READ,
    SOCKET_WRITE,
    SOCKET_CONNECT,
    FILE_READ,
    FILE_WRITE,
    FILE_FORCE,
    /** A virtual thread that kept its carrier while it waited. */
    PINNED,
    /** An allocation that waited for the collector (ZGC, Shenandoah). */
    ALLOCATION_STALL
  }

  /**
   * One wait of one thread, at least as long as the recording's threshold.
   *
   * @param detail class of the lock or the blocker, {@code host:port}, path, or reason
   * @param virtual whether the thread is a virtual one
   * @param threadId tells threads of one recording apart; 0 where not known
   * @param ownerId the thread that had the monitor last; 0 where not known
   */
  public record Wait(
      WaitKind kind,
      long at,
      long nanos,
      String thread,
      boolean virtual,
      String detail,
      Trace trace,
      long threadId,
      long ownerId) {

    /** Of a thread that is not told apart. */
    public Wait(
        WaitKind kind,
        long at,
        long nanos,
        String thread,
        boolean virtual,
        String detail,
        Trace trace) {
      this(kind, at, nanos, thread, virtual, detail, trace, 0, 0);
    }
  }

  /**
   * A pause.
   *
   * @param name of its phase
   */
  public record Pause(long at, long nanos, String name) {}

  /** The heap in use at a collection, in bytes. */
  public record HeapLook(long at, boolean afterCollection, long usedBytes, long committedBytes) {}

  /**
   * An allocation that was sampled.
   *
   * @param weightBytes allocated by this thread since its last sample
   */
  public record Allocation(long at, long weightBytes, String type, String thread, Trace trace) {}

  /**
   * An object that was alive at the end, with where it was allocated.
   *
   * @param ageNanos since its allocation
   * @param sizeBytes of itself, without what it refers to; 0 where the JVM does not tell (17)
   * @param path from the object to what holds it, up to a root; each {@code Type.field}, {@code
   *     static Type.field}, or a type with {@code []} where an array holds it; types as the JVM
   *     writes them ({@code [B}); empty where the JVM did not look for it
   * @param root what kind of root that is, or empty
   */
  public record OldObject(
      String type,
      long ageNanos,
      long sizeBytes,
      long heapBytesThen,
      List<String> path,
      String root,
      Trace trace) {
    public OldObject {
      path = List.copyOf(path);
    }
  }

  /** What the JVM's own thread did. */
  public record VmOperation(long at, long nanos, String name, boolean safepoint) {}

  /** A method that was compiled. */
  public record Compilation(long at, long nanos, int level, String method) {}

  /** An exception that was thrown. */
  public record Thrown(long at, String type, Trace trace) {}

  /**
   * What the JVM counts, at one moment.
   *
   * @param jvmUser share of the machine's CPU, 0 to 1; as machineTotal; negative where not known
   * @param exceptions since the start, or -1
   * @param loadedClasses since the start, or -1
   * @param compileNanos since the start, or -1
   */
  public record Counters(
      long at,
      double jvmUser,
      double jvmSystem,
      double machineTotal,
      long exceptions,
      long loadedClasses,
      long compileNanos) {}

  /** The process's memory, in bytes. */
  public record Resident(long at, long bytes, long peakBytes) {}

  /**
   * A collection of the heap.
   *
   * @param nanos from its begin to its end; a concurrent one lets threads run meanwhile
   * @param name of the collector that did it: {@code G1New}, {@code G1Full}, {@code ZGC Major}
   * @param cause in the JVM's words: {@code G1 Evacuation Pause}, {@code Diagnostic Command}
   */
  public record Collection(
      long at, long nanos, String name, String cause, long pausedNanos, long longestPauseNanos) {}

  /**
   * The collector that the JVM runs.
   *
   * @param young its name, as {@code old}; empty where not told
   * @param maxHeapBytes the most that the heap may grow to; 0 where not told
   */
  public record Collector(String young, String old, long maxHeapBytes) {
    /** Of a recording that does not tell. */
    public static final Collector UNKNOWN = new Collector("", "", 0);
  }

  /**
   * What async-profiler tells beside.
   *
   * @param engine what made its CPU samples: {@code perf_events}, which has the kernel's frames;
   *     {@code ctimer}, {@code itimer}, which have not
   * @param asleep threads that were not on a core, in looks at all threads at even steps of time;
   *     idle ones and those of the JVM itself are among them
   */
  public record AsyncProfile(String engine, List<Asleep> asleep) {
    public AsyncProfile {
      asleep = List.copyOf(asleep);
    }
  }

  /**
   * A thread that was not on a core.
   *
   * @param nanos of time that it stands for
   */
  public record Asleep(long at, long nanos, Trace trace) {}
}
