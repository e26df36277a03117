package dev.cubit.report;

import dev.cubit.diagnose.Secrets;
import dev.cubit.diagnose.doctor.Advice;
import dev.cubit.diagnose.doctor.Cause;
import dev.cubit.diagnose.doctor.Consultation;
import dev.cubit.diagnose.doctor.Diagnosis;
import dev.cubit.diagnose.doctor.Finding;
import dev.cubit.diagnose.ledger.Item;
import dev.cubit.diagnose.ledger.Ledger;
import dev.cubit.diagnose.ledger.Waiters;
import dev.cubit.diagnose.ledger.Workers;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import dev.cubit.report.Page.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A diagnosis as a page: the verdict, the ledger, each finding with what it means, the evidence.
 */
public final class DoctorPage {
  private static final double SMALLEST = 0.005;
  private static final int WAITERS = 4;

  private final Page page;
  private final Consultation of;
  private final Parties parties;

  private DoctorPage(Page page, Consultation of) {
    this.page = page;
    this.of = of;
    this.parties = of.evidence().parties();
  }

  /**
   * The page's HTML, which needs no other file and no network.
   *
   * @param title what was examined
   */
  public static String of(Consultation consultation, String title) {
    Page page = new Page("Cubit doctor: " + Plain.line(title));
    page.heading(
        "Cubit doctor · " + Environment.time(consultation.start()),
        Plain.line(title),
        Environment.shown(consultation.command()));
    return new DoctorPage(page, consultation).html();
  }

  private String html() {
    Diagnosis diagnosis = of.diagnosis();
    Finding verdict = diagnosis.verdict();
    page.verdict(
        new Verdict(
            kind(verdict),
            capital(verdict.cause().title()) + ". " + Plain.text(verdict.headline())));
    ledger(diagnosis.ledger());
    diagnosis.findings().forEach(this::finding);
    page.section("The evidence over time").charts(DoctorCharts.of(of.evidence()));
    workers(diagnosis.ledger().workers());
    hottest(diagnosis);
    opinions();
    environment();
    return page.html();
  }

  private static Verdict.Kind kind(Finding verdict) {
    return switch (verdict.severity()) {
      case NONE -> verdict.cause() == Cause.HEALTHY ? Verdict.Kind.GOOD : Verdict.Kind.NEUTRAL;
      case LOW, MEDIUM, HIGH -> Verdict.Kind.BAD;
    };
  }

  private void ledger(Ledger ledger) {
    if (ledger.inFlight() <= 0) {
      return;
    }
    page.section("Where a request's time goes");
    page.note(
        ledger.known()
            ? "In the mean "
                + Shown.digits(ledger.inFlight())
                + " requests were in flight: throughput times the mean time of one (Little's law)."
                + " Each of them was somewhere:"
            : "There was no load of Cubit's own, so what is counted is what threads of the"
                + " application did, in the mean:");
    List<Bar> bars = new ArrayList<>();
    for (Ledger.Part part : ledger.parts()) {
      double share = ledger.share(part.item());
      if (share >= SMALLEST) {
        bars.add(
            new Bar(
                part.item().text(),
                share,
                Shown.percent(share) + " · " + Shown.digits(part.requests()) + " requests",
                style(part.item())));
      }
    }
    page.bars(bars);
    for (Ledger.Part part : ledger.parts()) {
      if (!part.waiters().isEmpty() && ledger.share(part.item()) >= SMALLEST) {
        page.folded(
            "Who is " + part.item().text(),
            false,
            inside -> part.waiters().stream().limit(WAITERS).forEach(this::waiters));
      }
    }
    page.note(
        "What threads do is seen in thread dumps during the load; CPU time and waiting for a core"
            + " are the scheduler's own account. Together they may exceed the requests, where"
            + " several threads work for one.");
  }

  private static String style(Item item) {
    return switch (item) {
      case CPU, READY, NO_CARRIER -> "a";
      case LOOP_QUEUE, POOL_QUEUE, CPU_QUEUE, GENERATOR -> "c";
      case UNEXPLAINED -> "none";
      case LOCK, PERMIT, RESULT, NETWORK, DISK, SLEEP, CLASS_INIT, OTHER, GC, SAFEPOINT, STALL ->
          "b";
    };
  }

  private void waiters(Waiters group) {
    String blockers =
        group.blockers().entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(e -> "; most for " + e.getKey())
            .orElse("");
    String holder =
        group.holders().entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(e -> "; its holder was in " + e.getKey())
            .orElse("");
    page.paragraph(
        Plain.text(
            Shown.digits(group.threads())
                + " threads in "
                + group.where()
                + " ("
                + group.how()
                + ")"
                + blockers
                + holder));
    stack(group.example());
  }

  private void stack(List<Frame> frames) {
    page.stack(
        frames.stream()
            .map(
                frame ->
                    Map.entry(Plain.line(frame.place()), parties.of(frame) == Party.APPLICATION))
            .toList());
  }

  private void finding(Finding finding) {
    Advice advice = Advice.of(finding.cause());
    String severity =
        finding.severity() == Finding.Severity.NONE
            ? ""
            : " · "
                + finding.severity().name().toLowerCase(Locale.ROOT)
                + " · explains "
                + Shown.percent(finding.share());
    page.section(capital(finding.cause().title()) + severity);
    page.paragraph(Plain.text(finding.headline()));
    page.facts(
        finding.facts().stream()
            .map(f -> new Fact(Plain.line(f.name()), Plain.line(f.value())))
            .toList());
    for (Finding.Stack stack : finding.stacks()) {
      page.folded("Stack: " + Plain.line(stack.title()), false, inside -> stack(stack.frames()));
    }
    page.folded(
        "What that means",
        finding.equals(of.diagnosis().verdict()),
        inside -> advice.explanation().forEach(inside::paragraph));
    page.heading("What helps").list(advice.fixes());
    List<String> possible = NextCommand.possible(advice.next(), of.command());
    if (!possible.isEmpty()) {
      page.heading("Look closer");
      possible.forEach(next -> page.command(NextCommand.of(next, Secrets.masked(of.command()))));
    }
  }

  private void workers(List<Workers> workers) {
    if (workers.isEmpty()) {
      return;
    }
    page.section("Thread pools and event loops");
    page.note("Share of their time that they are not waiting for work.");
    page.bars(
        workers.stream()
            .limit(12)
            .map(
                w ->
                    new Bar(
                        Plain.line(w.name()) + (w.loop() ? " (event loop)" : ""),
                        w.busy(),
                        Shown.percent(w.busy())
                            + " of "
                            + Shown.plural(w.threads(), "thread", "threads"),
                        w.isSaturated() ? "b" : "a"))
            .toList());
  }

  private void hottest(Diagnosis diagnosis) {
    if (diagnosis.hottest().isEmpty()) {
      return;
    }
    page.section("Hottest methods");
    page.table(
        List.of("Method", "Itself", "With callees", "Whose"),
        2,
        diagnosis.hottest().stream()
            .map(
                m ->
                    List.of(
                        Plain.line(m.name()),
                        Shown.percent(m.self()),
                        Shown.percent(m.total()),
                        FlameText.whose(m.party())))
            .toList());
  }

  private void opinions() {
    if (of.secondOpinion().isEmpty()) {
      return;
    }
    page.section("A second opinion");
    page.note(
        "What the rules of JDK Mission Control say of the same recording, by their score from 0 to"
            + " 100. They judge one kind of event each, and know nothing of the load: they stand"
            + " behind the verdict, and do not make it.");
    page.folded(
        Shown.plural(of.secondOpinion().size(), "rule", "rules"),
        false,
        inside ->
            inside.table(
                List.of("Rule", "Score", "What it says"),
                1,
                of.secondOpinion().stream()
                    .map(
                        o ->
                            List.of(
                                Plain.line(o.rule()),
                                Shown.digits(o.score()),
                                Plain.line(o.summary())))
                    .toList()));
  }

  private void environment() {
    List<Fact> facts = new ArrayList<>();
    of.jvm()
        .ifPresent(
            jvm -> {
              facts.add(new Fact("JVM", Plain.line(jvm.version())));
              facts.add(new Fact("Its flags", Plain.line(jvm.jvmWords())));
              facts.add(new Fact("Program", Plain.line(jvm.javaWords())));
            });
    facts.add(new Fact("Your code", Plain.line(application())));
    of.cost()
        .ifPresent(
            cost ->
                facts.add(
                    new Fact(
                        "CPU time per request",
                        Shown.micros(cost.microsWithout())
                            + " not recorded, "
                            + Shown.micros(cost.microsWith())
                            + " recorded")));
    facts.add(
        new Fact(
            "Recording",
            Shown.count(of.evidence().recording().events())
                + " events in "
                + Shown.time(of.evidence().recording().length())));
    page.section("How it was found").facts(facts);
    of.diagnosis().notes().forEach(note -> page.note(Plain.text(note)));
  }

  private String application() {
    return parties.application().isEmpty()
        ? "what is neither the JDK's nor a well-known library's; --app names its packages"
        : String.join(", ", parties.application());
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
