package dev.cubit.report;

import dev.cubit.diagnose.bubble.Area;
import dev.cubit.diagnose.bubble.Bubble;
import dev.cubit.diagnose.bubble.Bubbles;
import dev.cubit.diagnose.recording.Parties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Bubbles as one self-contained page. */
public final class BubblePage {
  private static final List<String> SCRIPTS =
      List.of("d3-dispatch/3.0.1", "d3-quadtree/3.0.1", "d3-timer/3.0.1", "d3-force/3.0.0");

  private static final String HOW_TO_READ =
      "Each bubble is a group of work or of waiting, as large as the thread time that went to it."
          + " Lines lead from the code that waits to what it waits for, and on from a lock or a"
          + " pool to what its holder did meanwhile (dashed: likely). Follow the widest line to its"
          + " end: that is what to change. Click a bubble for its call sites and stacks; drag over"
          + " the time below to look at a part of the run.";

  private BubblePage() {}

  /**
   * The page's HTML, which needs no other file and no network.
   *
   * @param title what was recorded
   * @param at when
   * @param command how it came to be
   * @param warnings sentences that must not be overlooked
   */
  public static String of(
      Bubbles bubbles,
      Parties parties,
      String title,
      Instant at,
      List<String> command,
      List<String> warnings) {
    Page page = new Page("Cubit bubble: " + Plain.line(title));
    page.heading(
        "Cubit bubble · " + Environment.time(at), Plain.line(title), Environment.shown(command));
    page.verdict(new Verdict(Verdict.Kind.NEUTRAL, BubbleWords.verdict(bubbles)));
    page.note(BubbleWords.advice(bubbles));
    warnings.forEach(page::warning);
    bubbles.notes().forEach(page::warning);
    page.figures(figures(bubbles));
    page.note(HOW_TO_READ).part(part(bubbles, parties));
    page.section("The whole recording");
    table(page, bubbles);
    page.note(
        "Waits of a millisecond and longer are recorded. A request that has several threads at work"
            + " counts in each of them, and a wait that had not ended when the recording did is not"
            + " in it."
            + application(bubbles));
    return page.html();
  }

  private static String application(Bubbles bubbles) {
    return bubbles.application().isEmpty()
        ? " Your code is taken to be what is neither the JDK's nor a well-known library's; --app"
            + " names its packages."
        : " Your code: "
            + Plain.line(
                String.join(
                    ", ",
                    bubbles.application().stream()
                        .map(p -> p.isEmpty() ? "classes without a package" : p)
                        .toList()))
            + ".";
  }

  private static List<Fact> figures(Bubbles bubbles) {
    double all = bubbles.allSeconds();
    List<Fact> figures = new ArrayList<>();
    if (bubbles.inFlightSeconds() > 0) {
      figures.add(
          new Fact(
              "Requests in flight, mean", BubbleText.threads(bubbles.inFlightSeconds(), bubbles)));
    }
    figures.add(new Fact("Waiting", share(bubbles.waitSeconds(), all)));
    figures.add(new Fact("On the CPU", share(bubbles.cpuSeconds(), all)));
    if (bubbles.inFlightSeconds() > 0) {
      figures.add(new Fact("Not explained", share(bubbles.unexplainedSeconds(), all)));
    }
    if (bubbles.machineCpu() >= 0) {
      figures.add(new Fact("CPU of the machine in use", Shown.percent(bubbles.machineCpu())));
    }
    figures.add(new Fact("Recorded", Shown.time(bubbles.length())));
    return figures;
  }

  private static String share(double seconds, double all) {
    return all <= 0 ? "–" : Shown.percent(seconds / all);
  }

  private static void table(Page page, Bubbles bubbles) {
    double all = bubbles.allSeconds();
    List<List<String>> rows = new ArrayList<>();
    for (Bubble bubble : bubbles.bubbles()) {
      if (bubble.area() != Area.IDLE && bubble.seconds() > 0) {
        List<String> cells = new ArrayList<>(BubbleText.row(bubble, all, bubbles));
        cells.add(cells.remove(1)); // figures stand together
        rows.add(cells);
      }
    }
    page.table(
        List.of("Bubble", "Share", "Threads, mean", "Mean wait", "p99", "Most at", "Kind"),
        4,
        rows);
  }

  private static Page.Part part(Bubbles bubbles, Parties parties) {
    List<String> scripts = new ArrayList<>();
    for (String script : SCRIPTS) {
      String name = script.substring(0, script.indexOf('/'));
      scripts.add(Resources.web(script + "/dist/" + name + ".min.js"));
    }
    scripts.add("\n" + Resources.own("bubble.js"));
    return new Page.Part(
        "bubbles",
        BubbleData.of(bubbles, parties),
        Resources.own("bubble.css"),
        scripts,
        Map.of("D3", Resources.web("d3-force/3.0.0/LICENSE")));
  }
}
