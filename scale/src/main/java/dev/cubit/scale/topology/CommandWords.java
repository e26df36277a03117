package dev.cubit.scale.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command: a text that is taken apart as a shell does (quotes and backslashes, nothing else), or
 * a list of its words.
 */
final class CommandWords {
  private static final Set<String> FOR_A_SHELL =
      Set.of("|", "||", "&", "&&", ";", ">", ">>", "<", "2>", "2>&1", "2>&1;");
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_]\\w*)=.*");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_]{3,6})}");

  private CommandWords() {}

  static List<String> of(Item item) {
    List<String> words = item.isList() ? listed(item) : split(item);
    if (words.isEmpty() || words.getFirst().isBlank()) {
      if (item.isList() || (item.isScalar() && !item.isNull())) {
        item.problem("'" + item.name() + "' wants a command, as `java -jar server.jar`");
      }
      return List.of();
    }
    Matcher assignment = ASSIGNMENT.matcher(words.getFirst());
    if (assignment.matches()) {
      item.problem(
          assignment.group(1)
              + "= is for a shell, and Cubit starts programs itself: put it under env");
    }
    for (String word : words) {
      Matcher placeholder = PLACEHOLDER.matcher(word);
      if (placeholder.find()
          && !placeholder.group(1).equals("port")
          && Nearest.of(placeholder.group(1), Set.of("port")).isPresent()) {
        item.problem(placeholder.group() + " stands for nothing: did you mean {port}?");
      }
    }
    return words;
  }

  private static List<String> listed(Item item) {
    return item.list().stream()
        .map(word -> word.isScalar() ? word.anyText() : word.text("a word"))
        .toList();
  }

  private static List<String> split(Item item) {
    String text = item.text("a command, or a list of its words");
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    boolean plain = true;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escapes = c == '\\' && quote != '\'' && i + 1 < text.length();
      if (escapes && (quote == 0 || "\"\\$`".indexOf(text.charAt(i + 1)) >= 0)) {
        word.append(text.charAt(++i));
        begun = true;
        plain = false;
      } else if (quote != 0 ? c == quote : c == '\'' || c == '"') {
        quote = quote != 0 ? 0 : c;
        begun = true;
        plain = false;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        add(item, words, word, begun, plain);
        begun = false;
        plain = true;
      } else {
        word.append(c);
        begun = true;
      }
    }
    add(item, words, word, begun, plain);
    if (quote != 0) {
      item.problem("'" + item.name() + "' opens a quote (" + quote + ") and does not close it");
    }
    return words;
  }

  private static void add(
      Item item, List<String> words, StringBuilder word, boolean begun, boolean plain) {
    if (!begun) {
      return;
    }
    String whole = word.toString();
    word.setLength(0);
    words.add(whole);
    if (plain && FOR_A_SHELL.contains(whole)) {
      item.problem(
          "'"
              + whole
              + "' is for a shell, and Cubit starts programs itself: write [sh, -c, '...']");
    }
  }
}
