package dev.cubit.diagnose.ledger;

/** What a thread does, or what a request waits for. */
public enum Activity {
  /** Runs Java or native code, or is ready to. */
  RUNNING("on the CPU"),
  /** A virtual thread that is ready to run and has no carrier. */
  NO_CARRIER("ready, without a carrier thread"),
  LOCK("waits for a lock"),
  /** For one of a limited number: a connection, a permit, an element of a queue. */
  PERMIT("waits for a permit of a pool"),
  /** For the result of another thread. */
  RESULT("waits for another thread's result"),
  NETWORK("waits for another server"),
  DISK("waits for the disk"),
  SLEEP("sleeps"),
  /** Of a class, by another thread. */
  CLASS_INIT("waits for a class to be initialised"),
  /** A child process, or anything else that a thread of a request can wait for. */
  OTHER("waits for something else"),
  /** Waits for work: in no request. */
  IDLE("idle");

  private final String text;

  Activity(String text) {
    this.text = text;
  }

  /** For sentences: {@code a thread …}. */
  public String text() {
    return text;
  }

  /** Neither running, nor about to, nor idle. */
  public boolean isWait() {
    return this != RUNNING && this != NO_CARRIER && this != IDLE;
  }
}
