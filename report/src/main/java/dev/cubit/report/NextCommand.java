package dev.cubit.report;

import java.util.ArrayList;
import java.util.List;

/** A command that looks closer at what the doctor has looked at: the same load, the same target. */
final class NextCommand {
  private static final List<String> READ_RECORDINGS = List.of("flame", "bubble", "heap");
  private static final List<String> BRACKETS = List.of("--load", "--autocannon", "[", "]");

  private NextCommand() {}

  /** Those of the commands that can be given: of a recording alone, none that runs the target. */
  static List<String> possible(List<String> next, List<String> words) {
    return words.contains("--recording")
        ? next.stream().filter(READ_RECORDINGS::contains).toList()
        : next;
  }

  /**
   * The whole line.
   *
   * @param next the command's name, perhaps with words of its own
   * @param words of the doctor's command, the first is {@code doctor}
   */
  static String of(String next, List<String> words) {
    List<String> line = new ArrayList<>(List.of(next.split(" ", -1)));
    boolean measures = line.getFirst().equals("ceiling") || line.getFirst().equals("baseline");
    boolean ofTarget = false;
    for (String word : words.subList(Math.min(1, words.size()), words.size())) {
      ofTarget = ofTarget || word.equals("--");
      if (ofTarget || !(measures && BRACKETS.contains(word))) {
        line.add(word);
      }
    }
    return Environment.command(line);
  }
}
