package dev.cubit.zoo;

import java.util.Random;
import java.util.regex.Pattern;

/** Finds addresses in a letter by a pattern that tries far too much. */
final class AddressBook implements Work {
  private static final Pattern ADDRESS = Pattern.compile("(\\w+\\s?)+(\\d+),\\s([a-z]+-?)+;");

  private final int words;

  AddressBook(int words) {
    this.words = words;
  }

  @Override
  public String answer(String query) {
    var letter = new StringBuilder();
    var random = new Random(query.hashCode());
    for (int i = 0; i < words; i++) {
      for (int j = 0; j < 7; j++) {
        letter.append((char) ('a' + random.nextInt(26)));
      }
      letter.append(". ");
    }
    int found = 0;
    var matcher = ADDRESS.matcher(letter);
    while (matcher.find()) {
      found++;
    }
    return "{\"found\":" + found + "}";
  }
}
