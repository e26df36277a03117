package dev.cubit.store.rest;

import dev.cubit.server.ProblemException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a client supposes of a resource (RFC 9110, 13).
 *
 * @param ifMatch the field If-Match
 * @param ifNoneMatch the field If-None-Match
 */
public record Preconditions(Optional<String> ifMatch, Optional<String> ifNoneMatch) {
  private static final String ANY = "*";
  private static final String WEAK = "W/";

  /** Those of a request. */
  public static Preconditions of(Call call) {
    return new Preconditions(call.header("if-match"), call.header("if-none-match"));
  }

  /** Whether there is one at all. */
  public boolean isEmpty() {
    return ifMatch.isEmpty() && ifNoneMatch.isEmpty();
  }

  /**
   * Whether a client that reads has the resource already, which is answered with 304.
   *
   * @param tag of the resource, with its quotes
   */
  public boolean isUnchanged(String tag) {
    // Tags are compared weakly here: a cache may have weakened ours.
    return ifMatch.isEmpty()
        && ifNoneMatch.isPresent()
        && (ifNoneMatch.get().strip().equals(ANY) || contains(ifNoneMatch.get(), tag, true));
  }

  /**
   * Checks that the resource is what a client supposes that writes.
   *
   * @param tag empty if there is no such resource
   * @throws ProblemException with 412 if it is not
   */
  public void check(Optional<String> tag) {
    if (ifMatch.isPresent() && !matches(ifMatch.get(), tag)) {
      throw failed(
          tag.isEmpty()
              ? "there is none now"
              : "it has been changed in the meantime; read it again");
    }
    if (ifNoneMatch.isPresent()
        && tag.isPresent()
        && (ifNoneMatch.get().strip().equals(ANY)
            || contains(ifNoneMatch.get(), tag.get(), true))) {
      throw failed("it is there already");
    }
  }

  private static boolean matches(String field, Optional<String> tag) {
    return tag.isPresent() && (field.strip().equals(ANY) || contains(field, tag.get(), false));
  }

  /** Our tags have no commas in them. */
  private static boolean contains(String field, String tag, boolean weakly) {
    return Arrays.stream(field.split(",", -1))
        .map(String::strip)
        .map(each -> weakly && each.startsWith(WEAK) ? each.substring(WEAK.length()) : each)
        .anyMatch(tag::equals);
  }

  private static ProblemException failed(String why) {
    return ProblemException.of(412, "a precondition does not hold: " + why);
  }
}
