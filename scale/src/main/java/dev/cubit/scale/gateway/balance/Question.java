package dev.cubit.scale.gateway.balance;

/** What a balancer may know of the request that it picks for. Reused; do not keep it. */
public interface Question {
  /** A hash of the request's key, for policies that want one; 0 where there is none. */
  long keyHash();

  /** Whether an earlier attempt of this request was given to the candidate, and failed. */
  boolean wasGivenTo(Candidate candidate);

  /** Now, of {@link System#nanoTime}. */
  long nowNanos();
}
