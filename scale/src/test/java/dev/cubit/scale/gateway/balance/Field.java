package dev.cubit.scale.gateway.balance;

import java.util.ArrayList;
import java.util.List;

/** Candidates and a question, as a test of a policy wants them. */
final class Field implements Question {
  final Candidates all = new Candidates();
  final List<Candidate> list = new ArrayList<>();
  long key;
  long now;

  static Field of(int n) {
    Field field = new Field();
    for (int i = 0; i < n; i++) {
      field.add("shop." + (i + 1));
    }
    return field;
  }

  Candidate add(String name) {
    Candidate candidate = new Candidate(name, 0);
    list.add(candidate);
    all.add(candidate);
    return candidate;
  }

  int[] picks(Balancer balancer, int n) {
    int[] picks = new int[all.size()];
    for (int i = 0; i < n; i++) {
      picks[balancer.pick(all, this)]++;
    }
    return picks;
  }

  String of(Balancer balancer, String text) {
    key = KeyHash.of(text);
    return all.get(balancer.pick(all, this)).name();
  }

  @Override
  public long keyHash() {
    return key;
  }

  @Override
  public boolean wasGivenTo(Candidate candidate) {
    return false;
  }

  @Override
  public long nowNanos() {
    return now;
  }
}
