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
  private final RandomGenerator random;

  /** With the loop's own source of chance. */
  public TwoChoices(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public int pick(Candidates among, Question question) {
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
      return load(among.get(b)) < load(among.get(a)) ? b : a;
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

  private static boolean isGood(Candidate candidate, Question question) {
    return candidate.isFree() && !question.wasGivenTo(candidate);
  }

  private static double load(Candidate candidate) {
    return (candidate.outstanding() + 1) / candidate.weight();
  }
}
