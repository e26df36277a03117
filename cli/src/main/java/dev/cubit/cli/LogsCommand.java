package dev.cubit.cli;

import dev.cubit.scale.control.ControlClient;
import dev.cubit.scale.topology.ScaleException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code cubit logs}: what clones write. */
@Command(
    name = "logs",
    header = "Show what the clones of a running system have written.",
    description = {
      "",
      "The last lines of each clone that is there, by time. All of it is in the files of"
          + " .cubit/up/NAME/logs, which rotate."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit logs                 of all services",
      "  cubit logs qr -f           of one, and whatever comes until Ctrl-C",
      "  cubit logs --file shop/cubit.yaml qr cart",
      "  cubit logs -n 20 --json",
      "",
      "Exit codes: 0 shown, 2 nothing is up, or there is no such service, 130 ended by Ctrl-C."
    })
final class LogsCommand implements CubitCommand {
  private static final JsonMapper JSON = new JsonMapper();

  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "SERVICE",
      description = "Whose lines. Default: those of all services.")
  List<String> services = List.of();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what comes, until Ctrl-C. (The file is --file here.)")
  boolean follow;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      description = "How many lines of what was before. Default: 100.")
  int lines = 100;

  @Option(
      names = {"--file"},
      paramLabel = "FILE",
      description = "The system's file. Default: the one system that is up from this folder.")
  @Nullable Path file;

  @Option(
      names = {"--name"},
      paramLabel = "NAME",
      description = "The system's name, where it was started with one.")
  @Nullable String name;

  @Option(
      names = {"-j", "--json"},
      description = "Print a line of JSON for each, see docs/control.md.")
  boolean json;

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    for (String service : services) {
      if (service.matches(".*\\.ya?ml")) {
        throw CliException.usage("-f follows here: name the file by --file " + service);
      }
    }
    if (lines < 0) {
      throw CliException.usage("--lines is a number from 0 on, not " + lines);
    }
    ClonePrefix prefix = new ClonePrefix(terminal.colour());
    try (ControlClient up =
        SystemOptions.connect(Optional.ofNullable(file), Optional.ofNullable(name))) {
      Interrupts.stopWith(up::close);
      String path =
          "/v1/logs?lines=%d&follow=%s&service=%s"
              .formatted(
                  lines,
                  follow,
                  URLEncoder.encode(String.join(",", services), StandardCharsets.UTF_8));
      up.lines("GET", path, Map.of(), line -> print(line, prefix, terminal));
      return Exit.OK;
    } catch (ScaleException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  private void print(JsonNode line, ClonePrefix prefix, Terminal terminal) {
    terminal
        .out()
        .println(
            json
                ? JSON.writeValueAsString(line)
                : prefix.of(line.path("name").asString("")) + line.path("text").asString(""));
  }
}
