package dev.cubit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The words of a command line, made ready for picocli. Three habits of other tools are taken in:
 *
 * <ul>
 *   <li>what stands behind {@code --} is the target's command
 *   <li>autocannon's sub-arguments, {@code --warmup [ -c 1 -d 3 ]}, become one word
 *   <li>wrk's {@code -t8 -c200 -d10s}, where -t is threads and not, as autocannon's, the timeout: so
 *       read where -t has its number attached without a unit, and -d its with one
 * </ul>
 *
 * @param words for picocli
 * @param command of the target; empty where there was no {@code --}
 * @param hadSeparator whether there was one
 * @param note how an ambiguous word was read, for stderr
 */
record Words(
    List<String> words, List<String> command, boolean hadSeparator, Optional<String> note) {
  private static final Pattern WRK_THREADS = Pattern.compile("-t(\\d+)");
  private static final Pattern WRK_DURATION = Pattern.compile("-d\\d+(?:\\.\\d+)?(?:ms|s|m|h)");

  static Words of(List<String> all) throws CliException {
    int separator = all.indexOf("--");
    List<String> words = separator < 0 ? all : all.subList(0, separator);
    List<String> command = separator < 0 ? List.of() : all.subList(separator + 1, all.size());
    words = joinBrackets(words);
    Optional<String> note = Optional.empty();
    if (isWrk(words)) {
      List<String> read = new ArrayList<>();
      for (String word : words) {
        var threads = WRK_THREADS.matcher(word);
        if (threads.matches()) {
          read.addAll(List.of("--workers", threads.group(1)));
          note =
              Optional.of(
                  word
                      + " is read as wrk's "
                      + threads.group(1)
                      + " threads (for autocannon's timeout write -t "
                      + threads.group(1)
                      + "s)");
        } else {
          read.add(word);
        }
      }
      words = read;
    }
    return new Words(List.copyOf(words), List.copyOf(command), separator >= 0, note);
  }

  private static boolean isWrk(List<String> words) {
    return words.stream().anyMatch(w -> WRK_THREADS.matcher(w).matches())
        && words.stream().anyMatch(w -> WRK_DURATION.matcher(w).matches());
  }

  private static List<String> joinBrackets(List<String> words) throws CliException {
    List<String> joined = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (!words.get(i).equals("[")) {
        joined.add(words.get(i));
        continue;
      }
      int end = words.subList(i, words.size()).indexOf("]");
      if (end < 0) {
        throw CliException.usage("'[' is opened and not closed: write [ -c 1 -d 3 ], with spaces");
      }
      joined.add(String.join(" ", words.subList(i, i + end + 1)));
      i += end;
    }
    return joined;
  }
}
