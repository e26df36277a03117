package dev.cubit.scale.gateway.balance;

import java.util.random.RandomGenerator;

/**
 * The one with the fewest outstanding requests for its weight. Looks at all of them, and begins at
 * a random one, so that loops that know nothing of each other do not all run to the first of
 * equals.
 */
public final class LeastRequests implements Balancer {
  private final RandomGenerator random;

  /** With the loop's own source of chance. */
  public LeastRequests(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public int pick(Candidates among, Question question) {
    int n = among.size();
    int from = n > 1 ? random.nextInt(n) : 0;
    int best = NOBODY;
    boolean bestIsAgain = false;
    double least = 0;
    for (int k = 0; k < n; k++) {
      int at = from + k < n ? from + k : from + k - n;
      Candidate candidate = among.get(at);
      if (!candidate.isFree()) {
        continue;
      }
      boolean again = question.wasGivenTo(candidate);
      double load = (candidate.outstanding() + random.nextDouble()) / candidate.weight();
      if (best == NOBODY || (again == bestIsAgain ? load < least : bestIsAgain)) {
        best = at;
        bestIsAgain = again;
        least = load;
      }
    }
    return best;
  }
}
