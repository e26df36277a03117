package dev.cubit.scale.gateway.balance;

/**
 * Each in turn, in proportion to its weight. The smooth weighted round robin of nginx
 * (ngx_http_upstream_round_robin.c): every one earns its weight, the richest is asked and pays what
 * all have earned. With equal weights this is plain rotation; with others, turns are spread evenly
 * instead of in bursts. Those that cannot be asked earn nothing meanwhile. There is no counter that
 * could overflow: what all have sums up to 0.
 */
public final class RoundRobin implements Balancer {
  private static final class Turn {
    double credit;
  }

  @Override
  public int pick(Candidates among, Question question) {
    int picked = turn(among, question, false);
    return picked == NOBODY ? turn(among, question, true) : picked;
  }

  private static int turn(Candidates among, Question question, boolean again) {
    int best = NOBODY;
    double most = 0;
    double earned = 0;
    for (int i = 0, n = among.size(); i < n; i++) {
      Candidate candidate = among.get(i);
      if (!candidate.isFree() || (!again && question.wasGivenTo(candidate))) {
        continue;
      }
      Turn turn = turnOf(candidate);
      turn.credit += candidate.weight();
      earned += candidate.weight();
      if (best == NOBODY || turn.credit > most) {
        best = i;
        most = turn.credit;
      }
    }
    if (best != NOBODY) {
      turnOf(among.get(best)).credit -= earned;
    }
    return best;
  }

  private static Turn turnOf(Candidate candidate) {
    if (candidate.memory() instanceof Turn turn) {
      return turn;
    }
    Turn fresh = new Turn(); // once an endpoint
    candidate.memory(fresh);
    return fresh;
  }
}
