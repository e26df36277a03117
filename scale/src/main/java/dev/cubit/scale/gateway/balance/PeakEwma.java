package dev.cubit.scale.gateway.balance;

import java.util.random.RandomGenerator;

/**
 * The better of two chosen at random, by what asking it costs: its latency, times the requests that
 * it would then have. Latency is a moving average that jumps to a peak at once and forgets it
 * slowly, so that a clone that stalls is left alone from its first late answer on.
 *
 * <p>Finagle's {@code com.twitter.finagle.loadbalancer.PeakEwma} (twitter/finagle, finagle-core),
 * whose idea is: {@code cost = ewma * (outstanding + 1)}; with {@code w = exp(-dt / tau)} an answer
 * below the average gives {@code ewma = ewma * w + rtt * (1 - w)}, one above it replaces it. One
 * that was never answered and has requests out costs a penalty, so that a fresh one is not flooded
 * before it has shown what it can. A failure counts as a latency of at least a second: failing fast
 * does not attract requests.
 */
public final class PeakEwma implements Balancer {
  /** How long a peak is remembered: as Finagle, 10 s. */
  private static final double TAU_NANOS = 10e9;

  private static final double PENALTY = 1e15;
  private static final double FAILURE_NANOS = 1e9;

  private static final class Memory {
    double nanos;
    long at;
  }

  private final RandomGenerator random;

  /** With the loop's own source of chance. */
  public PeakEwma(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public int pick(Candidates among, Question question) {
    return TwoChoices.pick(among, question, random, PeakEwma::isCheaper);
  }

  private static boolean isCheaper(Candidate one, Candidate other, Question question) {
    long now = question.nowNanos();
    return cost(one, now) < cost(other, now);
  }

  private static double cost(Candidate candidate, long now) {
    int outstanding = candidate.outstanding();
    double nanos = candidate.memory() instanceof Memory memory ? faded(memory, now, 0) : 0;
    double cost = nanos == 0 && outstanding > 0 ? PENALTY + outstanding : nanos * (outstanding + 1);
    return cost / candidate.weight();
  }

  @Override
  public void ended(
      Candidate candidate, Outcome outcome, int status, long latencyNanos, long nowNanos) {
    if (outcome == Outcome.CANCELLED) {
      return;
    }
    boolean good = outcome == Outcome.ANSWERED && status < 500;
    double nanos = good ? latencyNanos : Math.max(latencyNanos, FAILURE_NANOS);
    if (candidate.memory() instanceof Memory memory) {
      memory.nanos = nanos > memory.nanos ? nanos : faded(memory, nowNanos, nanos);
      memory.at = nowNanos;
    } else {
      Memory memory = new Memory(); // once an endpoint
      memory.nanos = nanos;
      memory.at = nowNanos;
      candidate.memory(memory);
    }
  }

  private static double faded(Memory memory, long now, double towards) {
    double kept = Math.exp(-Math.max(0, now - memory.at) / TAU_NANOS);
    return memory.nanos * kept + towards * (1 - kept);
  }
}
