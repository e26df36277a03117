package dev.cubit.diagnose.ledger;

/** What the time of requests in flight goes to. */
public enum Item {
  CPU("on the CPU"),
  READY("ready to run, all cores taken"),
  NO_CARRIER("ready to run, all carrier threads taken"),
  LOCK("waiting for a lock"),
  PERMIT("waiting for a permit or a pooled object"),
  RESULT("waiting for another thread's result"),
  NETWORK("waiting for another server"),
  DISK("waiting for the disk"),
  SLEEP("sleeping"),
  CLASS_INIT("waiting for a class to be initialised"),
  OTHER("waiting for something else"),
  GC("stopped by the garbage collector"),
  SAFEPOINT("stopped by the JVM for something else"),
  STALL("waiting for memory from the collector"),
  LOOP_QUEUE("queued before a busy event loop"),
  POOL_QUEUE("queued before a full thread pool"),
  CPU_QUEUE("queued before a machine that is busy"),
  GENERATOR("in the load generator"),
  UNEXPLAINED("that nothing explains");

  private final String text;

  Item(String text) {
    this.text = text;
  }

  /** After {@code time}. */
  public String text() {
    return text;
  }

  static Item of(Activity activity) {
    return switch (activity) {
      case NO_CARRIER -> NO_CARRIER;
      case LOCK -> LOCK;
      case PERMIT -> PERMIT;
      case RESULT -> RESULT;
      case NETWORK -> NETWORK;
      case DISK -> DISK;
      case SLEEP -> SLEEP;
      case CLASS_INIT -> CLASS_INIT;
      case OTHER, RUNNING, IDLE -> OTHER;
    };
  }
}
