package dev.cubit.scale.gateway.balance;

import java.util.ArrayList;
import java.util.List;

/**
 * Those that one request may be given to: all of a service, or what partition and version have left
 * of them. Owned by one event loop; it changes in place, so look at it anew for each request.
 */
public final class Candidates {
  private final List<Candidate> all = new ArrayList<>();

  /** How many there are. */
  public int size() {
    return all.size();
  }

  /** One of them, in a steady order. */
  public Candidate get(int index) {
    return all.get(index);
  }

  /** Whether there is somebody to be asked, busy or not. */
  public boolean hasAsked() {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).isUp() && !all.get(i).isEjected()) {
        return true;
      }
    }
    return false;
  }

  /** Adds one that is new. */
  public void add(Candidate candidate) {
    all.add(candidate);
  }

  /** Takes all away. */
  public void clear() {
    all.clear();
  }

  /** Takes one away; it gets nothing new. */
  public void remove(Candidate candidate) {
    all.remove(candidate);
  }
}
