package dev.cubit.scale.gateway.balance;

/**
 * Decides which endpoint is asked, and learns from how it went. There is one for each service on
 * each event loop, called by that loop alone; what it keeps of an endpoint is in its {@link
 * Candidate}. Hot path: a method must not allocate, block or log.
 *
 * <pre>
 *   pick ──► begun ──► ended(outcome, status, latency)     each attempt; a repeat is another one
 * </pre>
 */
public interface Balancer {
  /** Nobody can be asked now: the request waits. */
  int NOBODY = -1;

  /**
   * Picks one that {@link Candidate#isFree is free}, and of those rather one that the request was
   * not given to before.
   *
   * @return its index, or {@link #NOBODY}
   */
  int pick(Candidates among, Question question);

  /** The request is given to it. The candidate has counted it already. */
  default void begun(Candidate candidate, long nowNanos) {}

  /**
   * An attempt has ended. The candidate has counted it already.
   *
   * @param status of the answer; 0 without one
   * @param latencyNanos from giving the request to the end of the answer, or to the failure
   */
  default void ended(
      Candidate candidate, Outcome outcome, int status, long latencyNanos, long nowNanos) {}
}
