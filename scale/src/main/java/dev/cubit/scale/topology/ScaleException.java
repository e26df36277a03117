package dev.cubit.scale.topology;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** What the user can mend; the message is the sentence that the user reads. */
public final class ScaleException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * One thing that is wrong in a file.
   *
   * @param file as the user named it
   * @param line from 1
   * @param column from 1, in characters
   * @param sentence what is wrong, and what to do
   */
  public record Problem(String file, int line, int column, String sentence) {
    /** As compilers write it, so that editors find the place. */
    public String text() {
      return file + ":" + line + ":" + column + ": " + sentence;
    }
  }

  private final transient List<Problem> problems;

  /** With the sentence for the user. */
  public ScaleException(String sentence) {
    super(sentence);
    problems = List.of();
  }

  /** With the sentence for the user, and where it came from. */
  public ScaleException(String sentence, Throwable cause) {
    super(sentence, cause);
    problems = List.of();
  }

  /** With all that is wrong in a file, at least one; the message has a line of each. */
  public ScaleException(List<Problem> problems) {
    super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Why a future has failed, in words: this sentence, or for a bug its name. */
  public static String sentence(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof ScaleException ? String.valueOf(cause.getMessage()) : cause.toString();
  }

  /** Of a bug of ours, for the user; without its subject. */
  public static String bug(Throwable bug) {
    return "has met a bug of Cubit, please report it: " + bug;
  }

  /** What is wrong in a file; empty where it is no file that is wrong. */
  public List<Problem> problems() {
    return problems;
  }
}
