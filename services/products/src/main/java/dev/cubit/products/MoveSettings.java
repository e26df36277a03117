package dev.cubit.products;

import dev.cubit.server.ServerException;
import dev.cubit.store.DatabaseUrl;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is to be moved, from where to where, and which step of it. */
record MoveSettings(DatabaseUrl from, DatabaseUrl to, KeyRange keys, Step step) {
  /** The steps of {@link Mover}. */
  enum Step {
    COPY,
    FINAL,
    REMOVE
  }

  /** What a word sets: the variable that means the same. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "--from", "FROM_DATABASE_URL",
          "--to", "TO_DATABASE_URL",
          "--keys", "KEYS",
          "--folding", "KEYS_FOLDING");

  /**
   * Reads words and variables; a word goes before its variable.
   *
   * @throws ServerException if one makes no sense or is missing
   */
  static MoveSettings from(List<String> words, Map<String, String> environment) {
    var all = new HashMap<>(environment);
    var step = Step.COPY;
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      int sign = word.indexOf('=');
      var name = word.startsWith("--") && sign > 0 ? word.substring(0, sign) : word;
      var variable = VARIABLES.get(name);
      if (word.equals("--final") || word.equals("--remove")) {
        step = Step.valueOf(word.substring(2).toUpperCase(Locale.ROOT));
      } else if (variable == null) {
        throw ServerException.usage("'" + word + "' is not understood; move --help shows what is");
      } else if (sign > 0) {
        all.put(variable, word.substring(sign + 1));
      } else if (i + 1 < words.size()) {
        all.put(variable, words.get(++i));
      } else {
        throw ServerException.usage(word + " needs a value after it; move --help shows which");
      }
    }
    var from = DatabaseUrl.from(all, "FROM_", "");
    var to = DatabaseUrl.from(all, "TO_", "");
    if (from.equals(to)) {
      throw ServerException.usage("source and destination are the same database");
    }
    return new MoveSettings(from, to, keys(all), step);
  }

  private static KeyRange keys(Map<String, String> all) {
    var folding = all.getOrDefault("KEYS_FOLDING", "").strip().toLowerCase(Locale.ROOT);
    boolean folded =
        switch (folding) {
          case "", "upper" -> true;
          case "none" -> false;
          default ->
              throw ServerException.usage(
                  "KEYS_FOLDING is '" + folding + "'; set it to upper or none");
        };
    var keys = all.getOrDefault("KEYS", "");
    if (!keys.isBlank()) {
      return KeyRange.parse(keys, folded);
    }
    if (!all.containsKey("KEYS_FROM") || !all.containsKey("KEYS_TO")) {
      throw ServerException.usage("which keys? say --keys F..L, or set KEYS_FROM and KEYS_TO");
    }
    return new KeyRange(all.getOrDefault("KEYS_FROM", ""), all.getOrDefault("KEYS_TO", ""), folded);
  }
}
