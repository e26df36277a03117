package dev.cubit.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The page that --help prints: options under headings, by the class that holds them, each with its
 * letter and one long name. The other long names, autocannon's, are understood and not shown.
 */
final class HelpPage {
  private static final Map<Class<?>, String> HEADINGS =
      Map.of(
          TargetOptions.class, "What is started:",
          ConnectionOptions.class, "Connections:",
          LoadOptions.class, "How much, and when:",
          BaselineCommand.class, "How much, and when:",
          CeilingCommand.class, "How much, and when:",
          RequestOptions.class, "Requests and responses:",
          ResultOptions.class, "Results:");

  private static final String OTHERS = "Also:";
  private static final int WIDTH = 100;
  private static final int NAMES = 29;
  private static final int MOST_IN_SYNOPSIS = 12;

  private HelpPage() {}

  static void installOn(CommandLine line) {
    Map<String, CommandLine.IHelpSectionRenderer> sections = line.getHelpSectionMap();
    sections.put(SECTION_KEY_OPTION_LIST, HelpPage::options);
    sections.put(SECTION_KEY_PARAMETER_LIST, HelpPage::parameters);
    if (line.getCommandSpec().options().size() > MOST_IN_SYNOPSIS) {
      sections.put(
          SECTION_KEY_SYNOPSIS,
          help -> help.commandSpec().qualifiedName() + " [OPTION...] [URL...] [-- COMMAND...]\n");
    }
    line.getSubcommands().values().forEach(HelpPage::installOn);
  }

  private static String parameters(Help help) {
    StringBuilder page = new StringBuilder("\n");
    help.commandSpec()
        .positionalParameters()
        .forEach(p -> append(page, "  " + p.paramLabel(), "  " + p.paramLabel(), p.description()));
    return page.length() == 1 ? "" : page.toString();
  }

  private static String options(Help help) {
    Map<String, List<OptionSpec>> sections = new LinkedHashMap<>();
    for (OptionSpec option : help.commandSpec().options()) {
      if (!option.hidden()) {
        sections.computeIfAbsent(heading(option), _ -> new ArrayList<>()).add(option);
      }
    }
    List<OptionSpec> others = sections.getOrDefault(OTHERS, List.of());
    sections.remove(OTHERS);
    StringBuilder page = new StringBuilder();
    sections.forEach((heading, options) -> append(page, "\n" + heading + "\n", options, help));
    append(page, page.isEmpty() ? "\n" : "\n" + OTHERS + "\n", others, help);
    return page.toString();
  }

  private static String heading(OptionSpec option) {
    return option.userObject() instanceof Field field
        ? HEADINGS.getOrDefault(field.getDeclaringClass(), OTHERS)
        : OTHERS;
  }

  private static void append(
      StringBuilder page, String heading, List<OptionSpec> options, Help help) {
    page.append(heading);
    for (OptionSpec option : options) {
      String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      String names = names(option);
      append(
          page, names + label, help.colorScheme().optionText(names) + label, option.description());
    }
  }

  private static String names(OptionSpec option) {
    String letter = "     ";
    String name = "";
    for (String each : option.names()) {
      if (!each.startsWith("--")) {
        letter = " " + each + (option.names().length > 1 ? "," : "");
      } else if (name.isEmpty() && each.chars().noneMatch(Character::isUpperCase)) {
        name = each;
      }
    }
    return (" " + letter + "   ").substring(0, 6) + name;
  }

  /** What it is called, and behind it or below it what it does. */
  private static void append(StringBuilder page, String plain, String shown, String[] description) {
    page.append(shown);
    int column = plain.length();
    if (column > NAMES - 2) {
      page.append('\n');
      column = 0;
    }
    page.repeat(' ', NAMES - column);
    column = NAMES;
    for (String word : String.join(" ", description).split(" ", -1)) {
      String text = word.replace("%%", "%");
      if (column > NAMES && column + 1 + text.length() > WIDTH) {
        page.append('\n').repeat(' ', NAMES);
        column = NAMES;
      }
      page.append(column > NAMES ? " " : "").append(text);
      column += text.length() + (column > NAMES ? 1 : 0);
    }
    page.append('\n');
  }
}
