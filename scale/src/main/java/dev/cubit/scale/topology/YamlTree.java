package dev.cubit.scale.topology;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A YAML file as a tree whose nodes know their places. What is no YAML, or made to hurt its reader,
 * is one problem.
 */
final class YamlTree {
  private static final int MOST_BYTES = 1 << 20;
  private static final int DEEPEST = 32;

  /**
   * Plain aliases are harmless: what reads the tree stops where a cubit.yaml has no more levels.
   */
  private static final int MOST_ALIASES = 1_000;

  private YamlTree() {}

  /**
   * The tree of a text.
   *
   * @param file that it stands in, for the problems
   */
  static Node read(String text, Path file, Problems problems) throws ScaleException {
    try {
      return parse(text.substring(begin(text)), file, problems);
    } catch (MarkedYamlEngineException e) {
      problems.add(e.getProblemMark().or(e::getContextMark), plainly(e));
    } catch (YamlEngineException e) {
      problems.add(1, 1, "this is no YAML: " + firstLine(e));
    }
    throw stop(problems);
  }

  /** Where YAML begins: behind a byte order mark. */
  static int begin(String text) {
    return text.startsWith("\uFEFF") ? 1 : 0;
  }

  private static Node parse(String text, Path file, Problems problems) throws ScaleException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setAllowNonScalarKeys(true)
            .setCodePointLimit(MOST_BYTES)
            .build();
    checkDepth(
        new Parse(settings).parseString(text), problems); // composing recurses: it comes after
    problems.throwIfAny();
    return new Compose(settings)
        .composeString(text)
        .orElseThrow(
            () -> {
              problems.add(
                  1, 1, "the file is empty: `cubit init -- COMMAND` writes one to begin with");
              return stop(problems);
            });
  }

  private static void checkDepth(Iterable<Event> events, Problems problems) {
    int depth = 0;
    int documents = 0;
    for (Event event : events) {
      if (event instanceof DocumentStartEvent && ++documents == 2) {
        problems.add(
            event.getStartMark(),
            "a second document begins here, and a cubit.yaml is one: take the line out");
        return;
      }
      if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
        problems.add(
            event.getStartMark(), "more than " + DEEPEST + " levels deep; a cubit.yaml needs 7");
        return;
      }
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
    }
  }

  /** What is in a file, whether it is YAML or not. */
  static String text(Path file, Problems problems) throws ScaleException {
    byte[] bytes = bytes(file, problems);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      int control = control(text);
      if (control < 0) {
        return text;
      }
      int line = (int) text.substring(0, control).chars().filter(c -> c == '\n').count() + 1;
      problems.add(
          line,
          control - text.lastIndexOf('\n', control),
          "no text: there is a character U+%04X".formatted((int) text.charAt(control)));
    } catch (CharacterCodingException e) {
      problems.add(1, 1, "no text in UTF-8: is this the right file? Save it as UTF-8");
    }
    throw stop(problems);
  }

  private static int control(String text) {
    for (int i = begin(text); i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isBreak = c == '\n' || c == '\r' || c == '\t' || c == 0x85;
      if ((Character.isISOControl(c) && !isBreak) || c >= 0xFFFE) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] bytes(Path file, Problems problems) throws ScaleException {
    try {
      if (Files.isDirectory(file)) {
        throw new ScaleException(
            file + " is a folder: name the file in it, as " + file.resolve("cubit.yaml"));
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length <= MOST_BYTES) {
          return bytes;
        }
      }
      problems.add(1, 1, "larger than 1 MB: is this the right file?");
    } catch (NoSuchFileException e) {
      throw new ScaleException(
          "there is no "
              + file
              + ": name the file with -f, or let `cubit init -- COMMAND` write one",
          e);
    } catch (IOException e) {
      throw new ScaleException("cannot read " + file + ": check its permissions", e);
    }
    throw stop(problems);
  }

  /** The parser's own words are about tokens: those that people meet most are said in theirs. */
  private static String plainly(MarkedYamlEngineException e) {
    String problem = String.valueOf(e.getProblem());
    if (problem.contains("\\t(TAB)")) {
      return "a tab, where YAML wants spaces: indent with two spaces";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "a second ': ' in one line: put the value in quotes, or the key in a line of its own";
    }
    if (problem.contains("undefined alias")) {
      return "the alias has no anchor before it: write &name where the value stands first";
    }
    if (problem.contains("expected <block end>")) {
      return "this is indented differently from the lines above it: keys of one level begin in one"
          + " column";
    }
    if (problem.contains("could not find expected ':'")) {
      return "a key without ':' behind it";
    }
    if (problem.contains("',' or '}'") || problem.contains("',' or ']'")) {
      return "a bracket is not closed, or a comma is missing";
    }
    if (problem.contains("unexpected end of stream")) {
      return "a quote is opened and not closed";
    }
    return "this is no YAML: " + problem.lines().findFirst().orElse("");
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** There is a problem by now, and nothing more to read. */
  private static ScaleException stop(Problems problems) {
    try {
      problems.throwIfAny();
    } catch (ScaleException e) {
      return e;
    }
    throw new IllegalStateException("stopped without a problem");
  }
}
