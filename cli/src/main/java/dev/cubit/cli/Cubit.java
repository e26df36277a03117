package dev.cubit.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
      RunsCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nThree commands to begin with:%n",
    footer = {
      "  cubit baseline -c 200 / -- java -jar server.jar    how fast does it answer?",
      "  cubit ceiling -c 200 / -- java -jar server.jar     how far is that from what it could be?",
      "  cubit compare latest~1 latest                      has my change made it faster?",
      "",
      "Results go to stdout, progress and errors to stderr. Runs are kept in .cubit/runs.",
      "",
      "Exit codes:",
      "  0    done, and all goals hold",
      "  1    a goal, a check or a comparison failed",
      "  2    wrong usage, or a file that is not what it should be",
      "  3    the target failed: it does not start, cannot be reached, or answers nothing",
      "  130  interrupted",
      "",
      "Environment:",
      "  PORT       a URL that is only a path is taken to be on localhost, at this port",
      "  NO_COLOR   no colours",
      "  JAVA_HOME  the JDK that Cubit runs on, 25 or newer",
      "",
      "cubit COMMAND --help tells more, with examples."
    })
final class Cubit {
  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = {"-v", "--version"},
      description = "Print the version.")
  boolean version;

  static CommandLine commandLine() {
    return new CommandLine(new Cubit())
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(38)
        .setAbbreviatedOptionsAllowed(false)
        .setOptionsCaseInsensitive(false)
        .setOverwrittenOptionsAllowed(false);
  }

  private Cubit() {}

  /**
   * Does what the words say.
   *
   * @return the exit code
   */
  static int run(List<String> typed, Terminal terminal) throws InterruptedException {
    boolean verbose = typed.contains("--verbose") || typed.contains("-V");
    try {
      Words words = Words.of(typed);
      words.note().ifPresent(terminal::note);
      ParseResult parsed =
          commandLine().parseArgs(words.words().toArray(String[]::new));
      ParseResult last = parsed;
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      CommandLine line = last.commandSpec().commandLine();
      if (last.isUsageHelpRequested() || line.getCommand() instanceof CommandLine.HelpCommand) {
        help(parsed, last, terminal);
        return Exit.OK;
      }
      Object command = line.getCommand();
      if (command instanceof CubitCommand chosen) {
        return chosen.run(words, typed, terminal);
      }
      if (command instanceof Cubit self && self.version) {
        terminal.out().println(Version.text());
        return Exit.OK;
      }
      usage(line, terminal, typed.isEmpty());
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
    } catch (RuntimeException e) {
      terminal.note("a bug of Cubit: " + e + (verbose ? "" : " (--verbose shows where)"));
      if (verbose) {
        e.printStackTrace(terminal.err());
      }
      return Exit.TARGET;
    }
  }

  private static void help(ParseResult parsed, ParseResult last, Terminal terminal)
      throws CliException {
    CommandLine line = last.commandSpec().commandLine();
    if (line.getCommand() instanceof CommandLine.HelpCommand) {
      CommandLine root = parsed.commandSpec().commandLine();
      List<String> about = last.originalArgs();
      String name = about.isEmpty() ? "" : about.getLast();
      CommandLine named = root.getSubcommands().get(name);
      if (named == null && !name.isEmpty() && !name.equals("help")) {
        throw CliException.usage("there is no command '" + name + "': cubit --help lists them");
      }
      line = named == null || name.equals("help") ? root : named;
    }
    usage(line, terminal, true);
  }

  private static void usage(CommandLine line, Terminal terminal, boolean asked) {
    PrintWriter writer =
        new PrintWriter(asked ? terminal.out() : terminal.err(), true, StandardCharsets.UTF_8);
    line.usage(
        writer, terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF);
    writer.flush();
  }

  /** One line: what is wrong, and what was perhaps meant. */
  private static String sentence(ParameterException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
    String name = e.getCommandLine().getCommandName();
    String help = name.equals("cubit") ? "cubit --help" : "cubit " + name + " --help";
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      String meant =
          unmatched.getSuggestions().isEmpty()
              ? ""
              : "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
      boolean isOption = word.startsWith("-");
      return (isOption ? "there is no option '" : "there is no command '")
          + word
          + "'"
          + meant
          + " ("
          + help
          + ")";
    }
    return message + " (" + help + ")";
  }
}
