package dev.cubit.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code cubit}: the command that holds the others. */
@Command(
    name = "cubit",
    header = "Cubit tells whether an HTTP service scales, and what stops it.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    subcommands = {
      BaselineCommand.class,
      CeilingCommand.class,
      CompareCommand.class,
      DoctorCommand.class,
      FlameCommand.class,
      BubbleCommand.class,
      HeapCommand.class,
      RunsCommand.class,
      InitCommand.class,
      CheckCommand.class,
      UpCommand.class,
      PsCommand.class,
      TopCommand.class,
      LogsCommand.class,
      ReloadCommand.class,
      ClonesCommand.class,
      PartitionsCommand.class,
      SplitCommand.class,
      PromoteCommand.class,
      RollbackCommand.class,
      DownCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nTo begin with:%n",
    footer = {
      "  cubit baseline -c 200 / -- java -jar server.jar    how fast does it answer?",
      "  cubit ceiling -c 200 / -- java -jar server.jar     how far is that from what it could be?",
      "  cubit doctor -c 200 / -- java -jar server.jar      what holds it back?",
      "  cubit up --clones 4 -- java -jar server.jar        run four of it, behind one port",
      "",
      "Results go to stdout, progress and errors to stderr.",
      "",
      "Exit codes:",
      "  0    done, and all goals hold",
      "  1    a goal, a check or a comparison failed",
      "  2    wrong usage, or a file that is not what it should be",
      "  3    the target failed: it does not start, cannot be reached, or answers nothing",
      "  130  interrupted",
      "",
      "Files:",
      "  cubit.yaml          the services of a system, see docs/cubit-yaml.md",
      "  .cubit/runs         in the folder where it is called: a .json and a .hlog of each run",
      "  .cubit/diagnoses    there: a folder of each, with the recording and the page",
      "  .cubit/up           beside cubit.yaml: what runs, its socket, its logs",
      "",
      "Environment:",
      "  PORT           a URL that is only a path is taken to be on localhost, at this port",
      "  NO_COLOR       no colours",
      "  JAVA_HOME      the JDK that Cubit runs on, 25 or newer",
      "  CUBIT_REBUILD  1: build again before",
      "",
      "cubit COMMAND --help tells more, with examples."
    })
final class Cubit {
  @Mixin CommonOptions common = new CommonOptions();

  static CommandLine commandLine() {
    CommandLine line =
        new CommandLine(new Cubit())
            .setUsageHelpWidth(100)
            .setAbbreviatedOptionsAllowed(false)
            .setOptionsCaseInsensitive(false)
            .setOverwrittenOptionsAllowed(false);
    Values.registerWith(line);
    HelpPage.installOn(line);
    return line;
  }

  private Cubit() {}

  /**
   * Does what the words say.
   *
   * @return the exit code
   */
  static int run(List<String> typed, Terminal terminal) throws InterruptedException {
    boolean verbose = false;
    try {
      Words words = Words.of(typed);
      verbose = words.words().contains("--verbose") || words.words().contains("-V");
      words.notes().forEach(terminal::note);
      ParseResult parsed = commandLine().parseArgs(words.words().toArray(String[]::new));
      ParseResult last = parsed;
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      CommandLine line = last.commandSpec().commandLine();
      if (last.isUsageHelpRequested()) {
        usage(line, terminal.out(), terminal);
        return Exit.OK;
      }
      if (last.isVersionHelpRequested()) {
        terminal.out().println(Version.text());
        return Exit.OK;
      }
      Object command = line.getCommand();
      if (command instanceof CubitCommand chosen) {
        return chosen.run(words, typed, terminal);
      }
      usage(line, typed.isEmpty() ? terminal.out() : terminal.err(), terminal);
      return typed.isEmpty() ? Exit.OK : Exit.USAGE;
    } catch (CliException e) {
      terminal.note(String.valueOf(e.getMessage()));
      if (verbose) {
        e.printStackTrace(terminal.err());
      }
      return e.exitCode();
    } catch (ParameterException e) {
      terminal.note(sentence(e));
      if (verbose) {
        e.printStackTrace(terminal.err());
      }
      return Exit.USAGE;
    } catch (RuntimeException | Error e) {
      terminal.note("a bug of Cubit: " + e + (verbose ? "" : " (--verbose shows where)"));
      if (verbose) {
        e.printStackTrace(terminal.err());
      }
      return Exit.TARGET;
    }
  }

  static void usage(CommandLine line, PrintStream stream, Terminal terminal) {
    PrintWriter writer = new PrintWriter(stream, true, StandardCharsets.UTF_8);
    line.usage(writer, terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF);
    writer.flush();
  }

  /** One line: what is wrong, and what was perhaps meant. */
  static String sentence(ParameterException e) {
    String message = String.valueOf(e.getMessage());
    String name = e.getCommandLine().getCommandName();
    String help = name.equals("cubit") ? "cubit --help" : "cubit " + name + " --help";
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      boolean isOption = word.startsWith("-");
      CommandLine line = e.getCommandLine();
      Stream<String> known =
          isOption
              ? line.getCommandSpec().optionsMap().keySet().stream()
              : line.getSubcommands().keySet().stream();
      return (isOption ? "there is no option '" : "there is no command '")
          + word
          + "'"
          + Suggestion.of(word, known).map(near -> "; did you mean " + near + "?").orElse("")
          + " ("
          + help
          + ")";
    }
    return message + " (" + help + ")";
  }
}
