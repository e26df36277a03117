package dev.cubit.diagnose.bubble;

/** What kind of thing the time of a bubble went to. */
public enum Area {
  /** The application's own code, by package: its seconds are CPU time. */
  CODE("your code"),
  /** The HTTP server and other code that is not the application's: its seconds are CPU time. */
  SERVER("server and libraries"),
  /** A driver of a database or a cache. */
  DATABASE("database"),
  HTTP_CLIENT("HTTP client"),
  /** Sockets that no known client or driver reads. */
  SOCKET("socket"),
  LOCK("lock"),
  /** One of a limited number: permits, pooled connections, elements of a queue. */
  POOL("pool"),
  /** Another thread's result. */
  RESULT("other thread's result"),
  DISK("disk"),
  SLEEP("sleep"),
  /** Virtual threads that kept their carrier while they waited. */
  PINNED("pinned"),
  /** Pauses of the garbage collector, and allocations that waited for it. */
  GC("garbage collector"),
  OTHER("other waits"),
  /** In flight, and no event says where. */
  UNEXPLAINED("not explained"),
  /** Threads that wait for work: in no request, and in no sum. */
  IDLE("idle");

  private final String text;

  Area(String text) {
    this.text = text;
  }

  /** For people. */
  public String text() {
    return text;
  }

  /** True of what a request waits for, false of CPU time, of idle threads and of the rest. */
  public boolean isWait() {
    return this != CODE && this != SERVER && this != UNEXPLAINED && this != IDLE;
  }
}
