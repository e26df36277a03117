package dev.cubit.zoo;

import java.util.Random;
import java.util.TreeMap;

/** Counts the words of a made-up text, in the order of the alphabet. */
final class Glossary implements Work {
  private final int words;

  /** About 0.3 us a word. */
  Glossary(int words) {
    this.words = words;
  }

  @Override
  public String answer(String query) {
    var random = new Random(query.hashCode());
    var counts = new TreeMap<String, Integer>();
    for (int i = 0; i < words; i++) {
      var word = Integer.toString(random.nextInt(2_000) + 40_000, Character.MAX_RADIX);
      counts.merge(word.substring(1), 1, Integer::sum);
    }
    return "{\"words\":" + counts.size() + ",\"first\":\"" + counts.firstKey() + "\"}";
  }
}
