package dev.cubit.scale.gateway.balance;

/**
 * The same one for a key, as long as it can be asked. Weighted rendezvous hashing (Thaler and
 * Ravishankar 1998; weights as in Schindelhauer and Schomaker 2005): each is scored by {@code
 * weight / -ln(u)}, where u is the hash of key and name as a number between 0 and 1, and the best
 * score is asked. Keys spread in proportion to weights; when one goes, only its keys move, evenly
 * to all others; when one comes, only its share moves to it. Every loop decides alike, as only
 * names are hashed. It costs a logarithm for each candidate: right for tens, not for thousands.
 *
 * <p>Bounded load (Mirrokni, Thorup and Zadimoghaddam 2018): one that has 1.25 times its share of
 * what is outstanding, and more than a few at all, passes the request to the next best score, so a
 * hot key cannot drown its clone. Requests without a key go by {@link TwoChoices}.
 */
public final class HashByKey implements Balancer {
  private static final double BOUND = 1.25;

  /** Fewer outstanding never count as too many: at little load a key stays where it is. */
  private static final int ALWAYS = 16;

  private static final double UNIT = 0x1p-53;

  private final TwoChoices keyless;

  /** With what picks for requests that have no key. */
  public HashByKey(TwoChoices keyless) {
    this.keyless = keyless;
  }

  @Override
  public int pick(Candidates among, Question question) {
    long key = question.keyHash();
    if (key == 0) {
      return keyless.pick(among, question);
    }
    int outstanding = 1;
    double weights = 0;
    int n = among.size();
    for (int i = 0; i < n; i++) {
      outstanding += among.get(i).outstanding();
      weights += among.get(i).weight();
    }
    int best = NOBODY;
    int bestRank = 0;
    double most = 0;
    for (int i = 0; i < n; i++) {
      Candidate candidate = among.get(i);
      if (!candidate.isFree()) {
        continue;
      }
      double bound = Math.max(ALWAYS, BOUND * outstanding * candidate.weight() / weights);
      int rank = question.wasGivenTo(candidate) ? 1 : candidate.outstanding() >= bound ? 2 : 3;
      double score = score(key, candidate);
      if (rank > bestRank || (rank == bestRank && score > most)) {
        best = i;
        bestRank = rank;
        most = score;
      }
    }
    return best;
  }

  private static double score(long key, Candidate candidate) {
    long bits = KeyHash.mix(key ^ candidate.nameHash());
    double u = ((bits >>> 11) + 0.5) * UNIT;
    return candidate.weight() / -Math.log(u);
  }
}
