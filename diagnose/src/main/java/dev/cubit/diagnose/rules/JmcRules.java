package dev.cubit.diagnose.rules;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.rules.RuleFinding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.flightrecorder.CouldNotLoadRecordingException;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.ResultToolkit;
import org.openjdk.jmc.flightrecorder.rules.RuleRegistry;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit;

/**
 * The rules of JDK Mission Control on a recording. They judge each event type by itself and do not
 * know that there was a load, so they stand behind a verdict and do not make it.
 */
public final class JmcRules {
  /** Sixty rules take tenths of a second on a recording of a minute. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** They hold all events in memory, in several times the bytes of the file. */
  private static final long LARGEST_BYTES = 100L << 20;

  private static final int THREADS = 2;

  /** It tells the terminal of each field it does not know. Held here, or it would be collected. */
  private static final Logger LOG = Logger.getLogger("org.openjdk.jmc");

  static {
    LOG.setLevel(Level.OFF);
  }

  /** They quote the password that they have found. */
  private static final Set<String> INDISCREET =
      Set.of("PasswordsInArguments", "PasswordsInEnvironment", "PasswordsInSystemProperties");

  private JmcRules() {}

  /**
   * What the rules say that have something to say, highest score first. Rules that the recording
   * has no events for, and those that fail or do not end in time, are left out.
   *
   * @throws DiagnoseException where the recording cannot be read or is too large, or reading alone
   *     takes longer than 20 s
   */
  public static List<RuleFinding> evaluate(Path recording) throws DiagnoseException {
    return evaluate(recording, LONGEST);
  }

  static List<RuleFinding> evaluate(Path recording, Duration longest) throws DiagnoseException {
    check(recording);
    long deadline = System.nanoTime() + longest.toNanos();
    // threads that the rules start are daemons as the one that starts them: one that never ends
    // must not keep this JVM alive
    FutureTask<Map<IRule, Future<IResult>>> task =
        new FutureTask<>(
            () -> RulesToolkit.evaluateParallel(rules(), load(recording), null, THREADS));
    Thread thread = new Thread(task, "cubit-rules");
    thread.setDaemon(true);
    thread.start();
    List<RuleFinding> findings = new ArrayList<>();
    try {
      for (Map.Entry<IRule, Future<IResult>> e : within(task, deadline).entrySet()) {
        result(e.getValue(), deadline)
            .flatMap(r -> finding(e.getKey(), r))
            .ifPresent(findings::add);
      }
    } catch (TimeoutException e) {
      throw new DiagnoseException(
          recording
              + " could not be read by JDK Mission Control's rules within "
              + longest.toSeconds()
              + " s",
          e);
    } catch (ExecutionException e) {
      throw new DiagnoseException(
          recording + " cannot be read by JDK Mission Control's rules: " + reason(e.getCause()), e);
    }
    findings.sort(
        Comparator.comparingDouble(RuleFinding::score).reversed().thenComparing(RuleFinding::id));
    return List.copyOf(findings);
  }

  private static List<IRule> rules() {
    return RuleRegistry.getRules().stream()
        .filter(rule -> !INDISCREET.contains(rule.getId()))
        .toList();
  }

  private static void check(Path recording) throws DiagnoseException {
    try {
      long size = Files.size(recording);
      if (size > LARGEST_BYTES) {
        throw new DiagnoseException(
            "%s is too large for JDK Mission Control's rules (%,d MB of at most %,d)"
                .formatted(recording, size >> 20, LARGEST_BYTES >> 20));
      }
    } catch (IOException e) {
      throw new DiagnoseException(recording + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static IItemCollection load(Path recording)
      throws IOException, CouldNotLoadRecordingException {
    return JfrLoaderToolkit.loadEvents(recording.toFile());
  }

  private static <T> T within(Future<T> future, long deadline)
      throws ExecutionException, TimeoutException {
    try {
      return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted");
    }
  }

  /** None of a rule that fails or is late: the others are worth having without it. */
  private static Optional<IResult> result(Future<IResult> future, long deadline) {
    try {
      return Optional.ofNullable(within(future, deadline));
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (TimeoutException e) {
      future.cancel(true);
      return Optional.empty();
    }
  }

  private static Optional<RuleFinding> finding(IRule rule, IResult result) {
    Optional<Severity> severity =
        switch (result.getSeverity()) {
          case NA, IGNORE -> Optional.empty();
          case OK -> Optional.of(Severity.OK);
          case INFO -> Optional.of(Severity.INFO);
          case WARNING -> Optional.of(Severity.WARNING);
        };
    String summary = message(result, result.getSummary());
    // some only compute for others; of one, its text is missing
    if (summary.isEmpty() || summary.matches("\\w*_TEXT_\\w*")) {
      return Optional.empty();
    }
    return severity.map(
        s ->
            new RuleFinding(
                rule.getId(),
                text(rule.getName()),
                text(rule.getTopic()),
                s,
                score(result),
                summary,
                (message(result, result.getExplanation())
                        + " "
                        + message(result, result.getSolution()))
                    .strip()));
  }

  private static double score(IResult result) {
    IQuantity score = result.getResult(TypedResult.SCORE);
    // those that count nothing give no score: the least of their severity, as Mission Control has
    // it
    double value =
        score == null
            ? result.getSeverity().getLimit()
            : score.doubleValueIn(UnitLookup.NUMBER_UNITY);
    return Double.isFinite(value) ? Math.clamp(value, 0, 100) : 0;
  }

  /** Filled in, and without the few tags that some of their texts have. */
  private static String message(IResult result, @Nullable String template) {
    if (template == null || template.isEmpty()) {
      return "";
    }
    String filled = text(ResultToolkit.populateMessage(result, template, false));
    return filled
        .replaceAll("</?(?:p|b|i|a|ul|ol|li|br)(?:\\s[^<>]*)?/?>", " ")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text.strip();
  }

  private static String reason(@Nullable Throwable cause) {
    String message = cause == null ? null : cause.getMessage();
    return message == null || message.isBlank() ? "it is damaged or cut off" : message;
  }
}
