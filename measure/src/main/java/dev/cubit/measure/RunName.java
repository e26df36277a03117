package dev.cubit.measure;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a run may be called: a plain file name, never a path. */
final class RunName {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");
  private static final Pattern LATEST = Pattern.compile("latest(?:~([0-9]{1,6}))?");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss");

  private RunName() {}

  static boolean allowed(String name) {
    return ALLOWED.matcher(name).matches() && !name.equals("latest");
  }

  /**
   * @throws MeasureException where a run cannot be called so; the message says what is allowed
   */
  static String check(String name) throws MeasureException {
    if (name.equals("latest")) {
      throw new MeasureException(
          "a run cannot be called 'latest': that always means the last one; choose another name");
    }
    if (!allowed(name)) {
      throw new MeasureException(
          "'"
              + name
              + "' cannot be the name of a run: use up to 100 letters, digits, '-', '_' and '.',"
              + " not beginning with '.'");
    }
    return name;
  }

  static String of(Instant time, ZoneId zone) {
    return TIME.format(time.atZone(zone));
  }

  /** How many runs back {@code latest} or {@code latest~N} is; empty for any other name. */
  static OptionalInt back(String name) {
    Matcher matcher = LATEST.matcher(name);
    if (!matcher.matches()) {
      return OptionalInt.empty();
    }
    String number = matcher.group(1);
    return OptionalInt.of(number == null ? 0 : Integer.parseInt(number));
  }
}
