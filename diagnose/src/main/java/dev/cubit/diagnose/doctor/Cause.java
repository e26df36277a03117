package dev.cubit.diagnose.doctor;

import java.util.Locale;
import java.util.Set;

/** What can hold a service back. */
public enum Cause {
  HEALTHY("healthy"),
  CPU("CPU-bound in the application's code"),
  GC("held up by garbage collection"),
  LOCK("lock contention"),
  POOL("a pool that is too small for how long its users keep it"),
  EVENT_LOOP("a blocked event loop"),
  PINNED("virtual threads pinned to their carriers"),
  DOWNSTREAM("waiting for another server"),
  DISK("slow disk I/O"),
  THROTTLED("CPU throttled by its container"),
  LEAK("a memory leak"),
  EXCEPTIONS("an exception storm"),
  LOGGING("logging, or writing to the console"),
  WARM_UP("still warming up: the JIT compiles"),
  SAFEPOINT("stopped by the JVM: class loading or safepoints"),
  SLEEP("requests that sleep"),
  GENERATOR("the load generator, or the machine it shares, is the limit"),
  UNKNOWN("not enough evidence");

  private final String title;

  Cause(String title) {
    this.title = title;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** For programs, stable: {@code event-loop}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is seen as well where this one holds, as its consequence. */
  Set<Cause> consequences() {
    return switch (this) {
      case THROTTLED -> Set.of(CPU, EVENT_LOOP, POOL, GC, WARM_UP, LOCK, GENERATOR, SAFEPOINT);
      case GC -> Set.of(CPU, POOL, GENERATOR, LOCK);
      case LEAK -> Set.of(GC, CPU, GENERATOR);
      case EXCEPTIONS, WARM_UP -> Set.of(CPU, GENERATOR, POOL, EVENT_LOOP, LOCK);
      case SAFEPOINT -> Set.of(CPU, GC, GENERATOR, POOL, EVENT_LOOP, LOCK);
      case LOGGING -> Set.of(CPU, GENERATOR, POOL, LOCK, DISK, EVENT_LOOP);
      case PINNED -> Set.of(DOWNSTREAM, SLEEP, LOCK, POOL);
      case DISK -> Set.of(POOL, LOCK);
      case LOCK -> Set.of(POOL);
      case EVENT_LOOP -> Set.of(DOWNSTREAM, SLEEP, CPU, LOCK, DISK);
      case POOL -> Set.of(DOWNSTREAM, SLEEP);
      case CPU -> Set.of(GENERATOR);
      default -> Set.of();
    };
  }
}
