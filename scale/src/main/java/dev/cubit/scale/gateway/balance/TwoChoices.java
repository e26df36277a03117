package dev.cubit.scale.gateway.balance;

import java.util.random.RandomGenerator;

/**
 * The better of two chosen at random, by outstanding requests for its weight (Mitzenmacher, "The
 * power of two choices in randomized load balancing", 2001). Nearly as even as asking the least
 * busy of all, without the herd that runs to one that has just become free.
 *
 * <p>Where both cannot be asked, or were asked before, all are looked at from a random one on.
 */
public final class TwoChoices implements Balancer {
  /** Which of two that may both be asked is. */
  @FunctionalInterface
  interface Comparison {
    boolean isBetter(Candidate one, Candidate other, Question question);
  }

  private final RandomGenerator random;
  private final Comparison less = (one, other, question) -> isLess(one, other);

  /** With the loop's own source of chance. */
  public TwoChoices(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public int pick(Candidates among, Question question) {
    return pick(among, question, random, less);
  }

  /** The better of two at random; where both cannot be asked, any that can. */
  static int pick(
      Candidates among, Question question, RandomGenerator random, Comparison comparison) {
    int n = among.size();
    if (n == 0) {
      return NOBODY;
    }
    int a = n == 1 ? 0 : random.nextInt(n);
    int b = a;
    if (n > 1) {
      b = random.nextInt(n - 1);
      b = b >= a ? b + 1 : b;
    }
    boolean first = isGood(among.get(a), question);
    boolean second = isGood(among.get(b), question);
    if (first && second) {
      return comparison.isBetter(among.get(b), among.get(a), question) ? b : a;
    }
    return first ? a : second ? b : any(among, question, a);
  }

  private static int any(Candidates among, Question question, int from) {
    int fallback = NOBODY;
    for (int i = 0, n = among.size(); i < n; i++) {
      int at = (from + i) % n;
      if (isGood(among.get(at), question)) {
        return at;
      }
      if (fallback == NOBODY && among.get(at).isFree()) {
        fallback = at;
      }
    }
    return fallback;
  }

  static boolean isGood(Candidate candidate, Question question) {
    return candidate.isFree() && !question.wasGivenTo(candidate);
  }

  /**
   * With unequal weights chance stands for the part of a request: of two that are idle, one with a
   * tenth of the weight gets its few as well, and not none until the other has nine.
   */
  private boolean isLess(Candidate one, Candidate other) {
    if (one.weight() == other.weight()) {
      return one.outstanding() < other.outstanding();
    }
    double left = (one.outstanding() + random.nextDouble()) / one.weight();
    return left < (other.outstanding() + random.nextDouble()) / other.weight();
  }
}
