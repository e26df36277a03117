package dev.cubit.zoo;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Wishes of many customers, and which wish is the most frequent: all have to be looked at. */
final class Wishlists implements Work {
  private final Map<Integer, Integer> wishes = Collections.synchronizedMap(new HashMap<>());

  Wishlists(int customers) {
    for (int i = 0; i < customers; i++) {
      wishes.put(i, i * 31 % 1_000);
    }
  }

  @Override
  public String answer(String query) {
    var counts = new int[1_000];
    // Iterating over such a map is for its caller to guard.
    synchronized (wishes) {
      for (int wish : wishes.values()) {
        counts[wish]++;
      }
    }
    int best = 0;
    for (int i = 0; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return "{\"wish\":" + best + "}";
  }
}
