package dev.cubit.scale.topology;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A key of the file with its value. Where the value is not what is asked for, a problem is noted
 * and a stand-in returned, so that reading goes on.
 *
 * @param name for sentences
 * @param keyNode where the key stands
 */
record Item(String name, Node keyNode, Node node, Reading reading) {
  private static final Pattern WHOLE = Pattern.compile("\\d(?:_?\\d){0,17}");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,12}(?:\\.\\d{1,9})?");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)\\s*%");
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*(B|KB|MB|GB|TB)");
  private static final Map<String, Integer> SHIFTS =
      Map.of("B", 0, "KB", 10, "MB", 20, "GB", 30, "TB", 40);
  private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(ms|s|m|h|d)");
  private static final Map<String, Double> SECONDS =
      Map.of("ms", 0.001, "s", 1.0, "m", 60.0, "h", 3_600.0, "d", 86_400.0);

  /** A problem at the value, where there is none yet. */
  void problem(String sentence) {
    reading.problems().addFirst(node, sentence);
  }

  /** A problem at the key. */
  void keyProblem(String sentence) {
    reading.problems().add(keyNode, sentence);
  }

  /** Where the value stands, from 1. */
  int line() {
    return node.getStartMark().map(m -> m.getLine() + 1).orElse(1);
  }

  private void wants(String wanted) {
    String what =
        switch (node) {
          case MappingNode _ -> "keys with values";
          case SequenceNode _ -> "a list";
          case ScalarNode _ when isNull() -> "nothing";
          case ScalarNode scalar -> "'" + scalar.getValue() + "'";
          default -> "something else";
        };
    problem("'" + name + "' wants " + wanted + ", not " + what);
  }

  boolean isNull() {
    return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
  }

  boolean isScalar() {
    return node instanceof ScalarNode;
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** Any single value as it is written, variables put in; empty with a problem where it is none. */
  private Optional<String> scalar(String wanted) {
    if (!(node instanceof ScalarNode scalar) || isNull()) {
      wants(wanted);
      return Optional.empty();
    }
    return Optional.of(reading.variables().putInto(scalar.getValue(), this::problem));
  }

  /** The value where it has the form, after a problem where it has not. */
  private Optional<Matcher> matching(Pattern form, String wanted) {
    Optional<String> text = scalar(wanted);
    Optional<Matcher> matcher = text.map(form::matcher).filter(Matcher::matches);
    if (text.isPresent() && matcher.isEmpty()) {
      wants(wanted);
    }
    return matcher;
  }

  /** Text; numbers and the like are refused, as YAML would not keep them as they are. */
  String text(String wanted) {
    if (node instanceof ScalarNode scalar
        && !isNull()
        && !scalar.getTag().equals(Tag.STR)
        && !Variables.areIn(scalar.getValue())) {
      problem(
          "'%s' wants %s, and %s is no text in YAML: put it in quotes"
              .formatted(name, wanted, scalar.getValue()));
      return "";
    }
    return scalar(wanted).orElse("");
  }

  /** Text of a form; empty with a problem where it has it not. */
  Optional<Matcher> text(Pattern form, String wanted) {
    String text = text(wanted);
    Matcher matcher = form.matcher(text);
    if (matcher.matches()) {
      return Optional.of(matcher);
    }
    if (!text.isEmpty() || isEmptyText()) {
      wants(wanted);
    }
    return Optional.empty();
  }

  private boolean isEmptyText() {
    return node instanceof ScalarNode scalar && scalar.getValue().isEmpty() && !isNull();
  }

  /** The value of an environment variable: numbers and truth as they are written. */
  String anyText() {
    return scalar("a text (\"\" for an empty one)").orElse("");
  }

  OptionalLong whole(long least, long most) {
    String wanted = "a whole number from " + least + " to " + most;
    Optional<Matcher> digits = matching(WHOLE, wanted);
    if (digits.isEmpty()) {
      return OptionalLong.empty();
    }
    long value = Long.parseLong(digits.get().group().replace("_", ""));
    if (value < least || value > most) {
      wants(wanted);
      return OptionalLong.empty();
    }
    return OptionalLong.of(value);
  }

  int whole(int least, int most, int usual) {
    return (int) whole((long) least, most).orElse(usual);
  }

  double decimal(double above, double most, double usual) {
    String wanted = "a number above %s up to %s".formatted(plain(above), plain(most));
    Optional<Double> value =
        matching(DECIMAL, wanted).map(number -> Double.parseDouble(number.group()));
    if (value.isPresent() && (value.get() <= above || value.get() > most)) {
      wants(wanted);
      return usual;
    }
    return value.orElse(usual);
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /** A part of a whole, as {@code 20%}: 0 to 1. */
  double share(double usual) {
    String wanted = "a percentage from 0% to 100%";
    Optional<Double> value =
        matching(PERCENT, wanted).map(number -> Double.parseDouble(number.group(1)) / 100);
    if (value.isPresent() && value.get() > 1) {
      wants(wanted);
      return usual;
    }
    return value.orElse(usual);
  }

  /** In bytes, KB being 1,024. */
  OptionalLong size() {
    Optional<Matcher> size = matching(SIZE, "a size as 512MB (B, KB, MB, GB or TB)");
    return size.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            (long)
                (Double.parseDouble(size.get().group(1))
                    * (1L << SHIFTS.getOrDefault(size.get().group(2), 0))));
  }

  /** Above 0. */
  Duration time(Duration usual) {
    Duration time = timeOrNone(usual);
    if (time.isZero()) {
      wants("a time above 0");
      return usual;
    }
    return time;
  }

  /** 0 or more; up to a year. */
  Duration timeOrNone(Duration usual) {
    String wanted = "a time with its unit, as 500ms, 30s or 1m30s";
    Optional<String> text = scalar(wanted);
    if (text.isEmpty()) {
      return usual;
    }
    if (text.get().equals("0")) {
      return Duration.ZERO;
    }
    double seconds = 0;
    Matcher part = TIME.matcher(text.get());
    int end = 0;
    while (part.find() && part.start() == end) {
      seconds += Double.parseDouble(part.group(1)) * SECONDS.getOrDefault(part.group(2), 1.0);
      end = part.end();
    }
    if (end == 0 || end < text.get().length() || seconds > 366 * 86_400.0) {
      wants(wanted);
      return usual;
    }
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  /** One of some words; the first where it is none of them. */
  String choice(List<String> words) {
    String wanted =
        words.size() == 1
            ? words.getFirst()
            : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    Optional<String> word = scalar(wanted);
    if (word.isPresent() && !words.contains(word.get())) {
      problem(
          "'%s' wants %s, not '%s'%s"
              .formatted(
                  name,
                  wanted,
                  word.get(),
                  Nearest.of(word.get(), words).map(w -> ": did you mean " + w + "?").orElse("")));
    }
    return word.filter(words::contains).orElse(words.getFirst());
  }

  /** Relative to the folder of the file. */
  Path path() {
    String text = text("a path");
    try {
      if (!text.isBlank()) {
        return reading.folder().resolve(text).normalize();
      }
      if (isEmptyText()) {
        wants("a path");
      }
    } catch (InvalidPathException e) {
      wants("a path");
    }
    return reading.folder();
  }

  /** Keys with values. */
  Section section(String title) {
    return new Section(node, title, reading);
  }

  /** A list; one that is none is a list of itself. */
  List<Item> list() {
    return node instanceof SequenceNode list
        ? list.getValue().stream().map(each -> new Item(name, each, each, reading)).toList()
        : List.of(this);
  }
}
