package dev.cubit.load;

import java.util.Locale;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** How a response differs from what a {@link Check} wants. */
final class Mismatch {
  private Mismatch() {}

  /** A sentence, or "" where the check holds. */
  static String of(Check check, int status, UnaryOperator<String> headers, BodyCheck body) {
    return switch (check) {
      case Check.StatusIn c ->
          c.statuses().contains(status)
              ? ""
              : "status "
                  + status
                  + " instead of "
                  + new TreeSet<>(c.statuses()).toString().replaceAll("[\\[\\]]", "");
      case Check.HeaderContains c -> {
        String value = headers.apply(c.name());
        yield value.toLowerCase(Locale.ROOT).contains(c.text().toLowerCase(Locale.ROOT))
            ? ""
            : "header " + c.name() + " is '" + value + "' and does not contain '" + c.text() + "'";
      }
      case Check.BodyEquals c ->
          body.equalTo(c.text()) ? "" : "the body is '" + body.beginning() + "'";
      case Check.BodyContains c ->
          body.contains(c.text())
              ? ""
              : "the body '" + body.beginning() + "' does not contain '" + c.text() + "'";
    };
  }
}
