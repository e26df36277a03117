package dev.cubit.diagnose.rules;

/**
 * What one rule says of a recording.
 *
 * @param id the rule's own, stable: {@code JavaBlocking}
 * @param rule its name for people
 * @param topic what it is about: {@code lock_instances}
 * @param score 0 to 100: how sure it is that something is wrong
 * @param summary one sentence, of which names come out of the recording
 * @param explanation what that means and what to do, as long as it is; may be empty
 */
public record RuleFinding(
    String id,
    String rule,
    String topic,
    Severity severity,
    double score,
    String summary,
    String explanation) {

  /** How much the rule makes of it, in its own steps; the worst last. */
  public enum Severity {
    OK("ok"),
    INFO("information"),
    WARNING("warning");

    private final String text;

    Severity(String text) {
      this.text = text;
    }

    /** In lower case, for people. */
    public String text() {
      return text;
    }
  }
}
