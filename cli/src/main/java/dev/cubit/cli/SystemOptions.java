package dev.cubit.cli;

import dev.cubit.scale.Up;
import dev.cubit.scale.control.ControlClient;
import dev.cubit.scale.control.LiveSystems;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.TopologySource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the systems that are up is meant. */
final class SystemOptions {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Its file. Default: the one system that is up from this folder.")
  @Nullable Path file;

  @Option(
      names = {"--name"},
      paramLabel = "NAME",
      description = "Its name, where it was started with one.")
  @Nullable String name;

  /**
   * A way to talk to it.
   *
   * @throws CliException where it is not up, or it is not clear which is meant
   */
  ControlClient connect() throws CliException {
    return connect(Optional.ofNullable(file), Optional.ofNullable(name));
  }

  static ControlClient connect(Optional<Path> file, Optional<String> name) throws CliException {
    try {
      return ControlClient.of(folder(file, name));
    } catch (ScaleException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  private static Path folder(Optional<Path> file, Optional<String> name)
      throws CliException, ScaleException {
    if (file.isPresent()) {
      TopologySource source = new TopologySource.OfFile(file.get(), Map.of());
      return Up.folder(source.folder(), name.orElse(source.name()));
    }
    Path here = Path.of("").toAbsolutePath();
    if (name.isPresent()) {
      return Up.folder(here, name.get());
    }
    List<Path> live = LiveSystems.under(here);
    return switch (live.size()) {
      case 0 ->
          throw CliException.usage(
              "nothing is up from this folder: start it with cubit up, or name its file with"
                  + " --file");
      case 1 -> live.getFirst();
      default ->
          throw CliException.usage(
              "several systems are up from this folder: name one with --name ("
                  + String.join(", ", live.stream().map(p -> "" + p.getFileName()).toList())
                  + ")");
    };
  }
}
