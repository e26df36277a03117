package dev.cubit.scale.gateway.balance;

/**
 * The one that the client's cookie names, as long as it can be asked; else, and for a new client,
 * one by {@link TwoChoices}, which the gateway then names in a cookie. The cookie holds a hash of
 * the name, so that it tells nobody how many clones there are; {@link Question#keyHash} is that
 * hash.
 */
public final class Sticky implements Balancer {
  private final TwoChoices others;

  /** With what picks for new clients. */
  public Sticky(TwoChoices others) {
    this.others = others;
  }

  @Override
  public int pick(Candidates among, Question question) {
    long key = question.keyHash();
    if (key != 0) {
      for (int i = 0, n = among.size(); i < n; i++) {
        Candidate candidate = among.get(i);
        if (candidate.nameHash() == key) {
          if (TwoChoices.isGood(candidate, question)) {
            return i;
          }
          break;
        }
      }
    }
    return others.pick(among, question);
  }
}
