package dev.cubit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a command line, made ready for picocli. Some habits of other tools are taken in:
 *
 * <ul>
 *   <li>what stands behind {@code --} is the target's command
 *   <li>autocannon's sub-arguments: {@code --warmup [ -c 1 -d 3 ]} becomes one word, and {@code
 *       --ca [ a.pem b.pem ]} two options
 *   <li>clinic's {@code --autocannon [ -c 50 / ]} and our {@code --load [ … ]}: what is in the
 *       brackets takes their place
 *   <li>autocannon's {@code --no-json} for what {@code --json=false} says as well
 *   <li>wrk's {@code -t8 -c200 -d10s}, where -t is threads and not, as autocannon's, the timeout:
 *       so read where -t has its number attached without a unit, and -d its with one
 * </ul>
 *
 * @param words for picocli
 * @param command of the target; empty where there was no {@code --}
 * @param hadSeparator whether there was one
 * @param notes how ambiguous words were read, for stderr
 */
record Words(List<String> words, List<String> command, boolean hadSeparator, List<String> notes) {
  private static final Set<String> SWITCHES =
      Set.of(
          "json",
          "latency",
          "renderLatencyTable",
          "renderProgressBar",
          "renderStatusCodes",
          "statusCodes",
          "forever",
          "idReplacement",
          "excludeErrorStats",
          "on-port",
          "onPort",
          "debug",
          "ignoreCoordinatedOmission",
          "verbose");

  private static final Pattern WRK_THREADS = Pattern.compile("-t(\\d+)");
  private static final Pattern WRK_DURATION = Pattern.compile("-d\\d+(?:\\.\\d+)?(?:ms|s|m|h)");

  static Words of(List<String> all) throws CliException {
    int separator = all.indexOf("--");
    List<String> own = separator < 0 ? all : all.subList(0, separator);
    List<String> command = separator < 0 ? List.of() : all.subList(separator + 1, all.size());
    List<String> notes = new ArrayList<>();
    List<String> words = joinBrackets(own).stream().map(Words::negated).toList();
    if (isWrk(words)) {
      words = words.stream().map(word -> threads(word, notes)).toList();
    }
    return new Words(List.copyOf(words), List.copyOf(command), separator >= 0, List.copyOf(notes));
  }

  private static String negated(String word) {
    return word.startsWith("--no-") && SWITCHES.contains(word.substring(5))
        ? "--" + word.substring(5) + "=false"
        : word;
  }

  private static boolean isWrk(List<String> words) {
    return words.stream().anyMatch(w -> WRK_THREADS.matcher(w).matches())
        && words.stream().anyMatch(w -> WRK_DURATION.matcher(w).matches());
  }

  private static String threads(String word, List<String> notes) {
    Matcher wrk = WRK_THREADS.matcher(word);
    if (!wrk.matches()) {
      return word;
    }
    String count = wrk.group(1);
    notes.add(
        "%s is read as wrk's %s threads (for autocannon's timeout write -t %ss)"
            .formatted(word, count, count));
    return "--workers=" + count;
  }

  /** The end of a load's brackets, which may have those of a warm-up in them. */
  private static int closing(List<String> words, int open) throws CliException {
    int depth = 0;
    for (int i = open; i < words.size(); i++) {
      depth += words.get(i).equals("[") ? 1 : words.get(i).equals("]") ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw CliException.usage("'[' is opened and not closed: write --load [ -c 50 / ], with spaces");
  }

  private static List<String> joinBrackets(List<String> words) throws CliException {
    List<String> joined = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String option = i == 0 ? "" : words.get(i - 1);
      boolean warmUp = option.equals("-W") || option.equals("--warmup");
      boolean load = option.equals("--load") || option.equals("--autocannon");
      if (load && words.get(i).equals("[")) {
        int end = closing(words, i);
        joined.addAll(joinBrackets(words.subList(i + 1, end)));
        i = end;
        continue;
      }
      if (!words.get(i).equals("[") || !(warmUp || option.equals("--ca"))) {
        joined.add(words.get(i));
        continue;
      }
      int length = words.subList(i, words.size()).indexOf("]");
      if (length < 0) {
        throw CliException.usage(
            "'[' is opened and not closed: write "
                + (warmUp ? "[ -c 1 -d 3 ]" : "[ a.pem b.pem ]")
                + ", with spaces");
      }
      List<String> inside = words.subList(i + 1, i + length);
      if (warmUp) {
        joined.add("[ " + String.join(" ", inside) + " ]");
      } else {
        joined.removeLast();
        inside.forEach(file -> joined.add("--ca=" + file));
      }
      i += length;
    }
    return joined;
  }
}
