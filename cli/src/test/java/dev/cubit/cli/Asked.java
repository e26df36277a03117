package dev.cubit.cli;

import dev.cubit.load.LoadPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/**
 * What {@code cubit baseline} has understood of a line, without running it.
 *
 * @param notes that it would have printed
 */
record Asked(
    BaselineCommand command, TargetOptions.Choice choice, LoadPlan plan, List<String> notes) {

  /** Words separated by spaces, after {@code cubit baseline}. */
  static Asked of(String line) throws CliException {
    return of(Map.of(), line.split(" +", -1));
  }

  static Asked of(Map<String, String> environment, String... line) throws CliException {
    List<String> typed = new ArrayList<>(List.of("baseline"));
    typed.addAll(List.of(line));
    Words words = Words.of(typed);
    CommandLine root = Cubit.commandLine();
    root.parseArgs(words.words().toArray(String[]::new));
    CommandLine baseline = Optional.ofNullable(root.getSubcommands().get("baseline")).orElseThrow();
    BaselineCommand command = baseline.getCommand();
    TargetOptions.Choice choice =
        command.targetOptions.choose(words, command.load.request.namesRequests(), environment);
    List<String> notes = new ArrayList<>(words.notes());
    command.result.toGoals();
    LoadPlan plan = command.load.toPlan(choice.urls(), choice.base(), notes::add);
    return new Asked(command, choice, plan, notes);
  }

  /** The one line that a user would read of a wrong line; empty where it is right. */
  static Optional<String> complaint(String... line) {
    try {
      of(Map.of(), line);
      return Optional.empty();
    } catch (CliException e) {
      return Optional.of(Terminal.oneLine(String.valueOf(e.getMessage())));
    } catch (CommandLine.ParameterException e) {
      return Optional.of(Terminal.oneLine(Cubit.sentence(e)));
    }
  }

  dev.cubit.load.Request request() {
    return plan.requests().getFirst();
  }
}
