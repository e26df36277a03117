package dev.cubit.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cubit top}: what is up, on a screen that follows it. */
@Command(
    name = "top",
    header = "Watch a running system: its load, its clones and servers, what has happened last.",
    description = {
      "",
      "A screen that is drawn again each second, and given back at the end. Services, and in each"
          + " its clones and servers, are sorted by CPU first; the keys c, m, r, p and n sort by"
          + " CPU, memory, requests a second, p99 and name. Arrows and page keys scroll, ? shows"
          + " all keys, q or Ctrl-C leaves.",
      "",
      "What is well has no colour: yellow is on its way or left alone for a while, red is broken.",
      "",
      "Where the system is too busy to answer, the last line says since when, and the screen stays."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit top",
      "  cubit top -f examples/shop/cubit.yaml --every 2s",
      "",
      "In a script: cubit ps --json.",
      "",
      "Exit codes: 0 left by q, or the system has ended, 2 nothing is up, or here is no terminal,",
      "130 left by Ctrl-C."
    })
final class TopCommand implements CubitCommand {
  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** How long a change of the terminal's size, or news, may wait. */
  private static final long LOOK_MILLIS = 100;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin SystemOptions system = new SystemOptions();

  @Option(
      names = {"--every"},
      paramLabel = "TIME",
      converter = Durations.Seconds.class,
      description = "How often it asks. Default: 1s.")
  Duration every = Duration.ofSeconds(1);

  /** How somebody has left. */
  private enum Left {
    BY_CHOICE,
    BY_INTERRUPT,
    AS_IT_ENDED
  }

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
      throw CliException.usage("--every is from 200ms to 1h, as 2s");
    }
    if (!Terminal.canDraw(System.getenv())) {
      throw CliException.usage(
          "cubit top draws on a terminal, and here is none: use cubit ps, or cubit ps --json");
    }
    try (TopFeed feed = TopFeed.of(system.connect(), every)) {
      return switch (watch(feed, terminal)) {
        case BY_CHOICE -> Exit.OK;
        case BY_INTERRUPT -> Exit.INTERRUPTED;
        case AS_IT_ENDED -> ended(feed.end().orElseThrow(), terminal);
      };
    }
  }

  private static Left watch(TopFeed feed, Terminal terminal) throws CliException {
    AtomicBoolean interrupted = new AtomicBoolean();
    try (LiveScreen screen = LiveScreen.open(terminal.out())) {
      Interrupts.stopWith(() -> interrupted.set(true));
      TopView view = TopView.INITIAL;
      while (!interrupted.get()) {
        if (feed.end().isPresent()) {
          return Left.AS_IT_ENDED;
        }
        Size size = screen.size();
        TopScreen.Frame frame = frame(feed, view, size, terminal.colour());
        screen.draw(frame.lines(), size);
        TopKey key = screen.key(LOOK_MILLIS);
        if (key == TopKey.Plain.QUIT) {
          return Left.BY_CHOICE;
        }
        if (key == TopKey.Plain.CTRL_C || key == TopKey.Plain.GONE) {
          return Left.BY_INTERRUPT;
        }
        view = frame.view().after(key, frame.page());
      }
      return Left.BY_INTERRUPT;
    } catch (IOException | IllegalStateException e) {
      if (Interrupts.interrupted()) {
        return Left.BY_INTERRUPT; // it was closed under our hands
      }
      throw new CliException(
          Exit.USAGE, "cannot draw on this terminal (" + e.getMessage() + "): use cubit ps");
    }
  }

  private static TopScreen.Frame frame(TopFeed feed, TopView view, Size size, boolean colour) {
    TopScreen screen =
        new TopScreen(
            size.getColumns(), size.getRows(), colour, ZoneId.systemDefault(), feed.silentSince());
    Optional<TopFacts> facts = feed.newest();
    return facts.isPresent() ? screen.of(facts.get(), view) : screen.waiting(view);
  }

  private static int ended(Exception end, Terminal terminal) {
    if (end instanceof RuntimeException bug) {
      throw bug;
    }
    terminal.note("the system has ended"); // which may have been wanted
    return Exit.OK;
  }
}
