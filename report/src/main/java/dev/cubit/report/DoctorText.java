package dev.cubit.report;

import dev.cubit.diagnose.doctor.Advice;
import dev.cubit.diagnose.doctor.Cause;
import dev.cubit.diagnose.doctor.Consultation;
import dev.cubit.diagnose.doctor.Diagnosis;
import dev.cubit.diagnose.doctor.Finding;
import dev.cubit.diagnose.ledger.Ledger;
import dev.cubit.diagnose.ledger.Traffic;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import java.util.List;

/**
 * A diagnosis as text for a terminal.
 *
 * @param colour with escape sequences
 */
public record DoctorText(boolean colour) {
  private static final int BAR = 30;
  private static final double SMALLEST_PART = 0.005;
  private static final int FRAMES = 8;
  private static final int FIXES = 3;

  /** The whole text, lines ended. */
  public String of(Consultation consultation) {
    Ink ink = new Ink(colour);
    Diagnosis diagnosis = consultation.diagnosis();
    Finding verdict = diagnosis.verdict();
    StringBuilder out = new StringBuilder();
    out.append('\n').append(title(ink, verdict)).append('\n');
    out.append(Plain.line(verdict.headline())).append("\n\n");
    ledger(out, ink, diagnosis.ledger(), consultation);
    for (Finding.Fact fact : verdict.facts()) {
      out.append("  ").append(ink.grey(Plain.line(fact.name()) + ": "));
      out.append(Plain.line(fact.value())).append('\n');
    }
    verdict.stacks().stream()
        .findFirst()
        .ifPresent(stack -> stack(out, ink, stack, consultation.evidence().parties()));
    if (diagnosis.findings().size() > 1) {
      out.append('\n').append(ink.bold("Also")).append('\n');
      diagnosis.findings().stream()
          .skip(1)
          .forEach(
              f ->
                  out.append("  ")
                      .append(ink.cyan(f.cause().title()))
                      .append(": ")
                      .append(Plain.line(f.headline()))
                      .append('\n'));
    }
    advice(out, ink, verdict, consultation.command());
    notes(out, ink, consultation);
    return out.toString();
  }

  private static String title(Ink ink, Finding verdict) {
    String title = verdict.cause().title();
    String text = Character.toUpperCase(title.charAt(0)) + title.substring(1);
    return switch (verdict.severity()) {
      case HIGH -> ink.bold(ink.red(text));
      case MEDIUM, LOW -> ink.warning(text);
      case NONE -> verdict.cause() == Cause.HEALTHY ? ink.bold(ink.green(text)) : ink.bold(text);
    };
  }

  private static void ledger(StringBuilder out, Ink ink, Ledger ledger, Consultation of) {
    if (ledger.inFlight() <= 0) {
      return;
    }
    String load =
        of.evidence()
            .traffic()
            .map(t -> ", " + Shown.rate(t.rate()) + " req/s, mean " + Shown.micros(t.meanMicros()))
            .orElse("");
    out.append(
        ink.bold(
            ledger.known()
                ? Shown.digits(ledger.inFlight()) + " requests in flight" + load
                : "What threads did, in the mean of the recording"));
    out.append('\n');
    for (Ledger.Part part : ledger.parts()) {
      double share = ledger.share(part.item());
      if (share < SMALLEST_PART) {
        continue;
      }
      int full = (int) Math.round(share * BAR);
      out.append("  ")
          .append(ink.cyan("█".repeat(full)))
          .append(ink.grey("░".repeat(BAR - full)))
          .append(" %6s  %s%n".formatted(Shown.percent(share), part.item().text()));
    }
    out.append('\n');
  }

  private static void stack(StringBuilder out, Ink ink, Finding.Stack stack, Parties parties) {
    out.append("\n  ").append(ink.grey(Plain.line(stack.title()))).append('\n');
    List<Frame> frames = stack.frames();
    int application = 0;
    while (application < frames.size()
        && parties.of(frames.get(application)) != Party.APPLICATION) {
      application++;
    }
    int from = application == frames.size() ? 0 : Math.max(0, application - FRAMES / 2);
    int to = Math.min(frames.size(), from + FRAMES);
    if (from > 0) {
      out.append("    ").append(ink.grey("… " + from + " above")).append('\n');
    }
    for (Frame frame : frames.subList(from, to)) {
      String line = Plain.line(frame.place());
      boolean own = parties.of(frame) == Party.APPLICATION;
      out.append("    ").append(own ? ink.bold(line) : ink.grey(line)).append('\n');
    }
    if (to < frames.size()) {
      out.append("    ").append(ink.grey("… " + (frames.size() - to) + " below")).append('\n');
    }
  }

  private static void advice(StringBuilder out, Ink ink, Finding verdict, List<String> command) {
    Advice advice = Advice.of(verdict.cause());
    if (!advice.fixes().isEmpty()) {
      out.append('\n').append(ink.bold("What helps")).append('\n');
      advice.fixes().stream()
          .limit(FIXES)
          .forEach(fix -> out.append("  - ").append(fix).append('\n'));
    }
    NextCommand.possible(advice.next(), command).stream()
        .findFirst()
        .ifPresent(
            next ->
                out.append('\n')
                    .append(ink.bold("Next"))
                    .append("  ")
                    .append(NextCommand.of(next, command))
                    .append('\n'));
  }

  private static void notes(StringBuilder out, Ink ink, Consultation of) {
    out.append('\n');
    of.cost()
        .ifPresent(
            cost ->
                out.append(
                    ink.grey(
                        "CPU time per request: "
                            + Shown.micros(cost.microsWithout())
                            + " without recording, "
                            + Shown.micros(cost.microsWith())
                            + " with it\n")));
    of.evidence()
        .traffic()
        .filter(t -> t.failures() > 0)
        .map(Traffic::failures)
        .ifPresent(n -> out.append(ink.warning(Shown.count(n) + " requests failed")).append('\n'));
    of.diagnosis().notes().forEach(n -> out.append(ink.grey(Plain.line(n))).append('\n'));
  }
}
