package dev.cubit.cli;

import dev.cubit.scale.SystemStatus;
import dev.cubit.scale.control.ControlClient;
import dev.cubit.scale.topology.ScaleException;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code cubit ps}: what is up. */
@Command(
    name = "ps",
    header = "Show what a running system consists of, and what it carries.",
    description = {
      "",
      "A line a clone: its process, port and state, its CPU and memory (with its children; 100 %%"
          + " is one core), and requests a second and their 99th percentile over the last seconds."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit ps",
      "  cubit ps -f examples/shop/cubit.yaml",
      "  cubit ps --json | jq '.clones[].status | select(.state != \"ready\")'",
      "",
      "Exit codes: 0 shown, 2 nothing is up."
    })
final class PsCommand implements CubitCommand {
  private static final JsonMapper JSON = new JsonMapper();

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin SystemOptions system = new SystemOptions();

  @Option(
      names = {"-j", "--json"},
      description = "Print one line of JSON, see docs/control.md.")
  boolean json;

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    try (ControlClient up = system.connect()) {
      JsonNode status = up.get("/v1/status");
      terminal
          .out()
          .print(
              json
                  ? JSON.writeValueAsString(status) + "\n"
                  : StatusText.of(JSON.treeToValue(status, SystemStatus.class), Instant.now()));
      return Exit.OK;
    } catch (ScaleException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }
}
