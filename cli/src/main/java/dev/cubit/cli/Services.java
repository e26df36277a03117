package dev.cubit.cli;

import dev.cubit.target.TargetCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The services that come with Cubit, as commands. */
final class Services {
  private static final String HOME = "cubit.home";

  private Services() {}

  /** A server that does nothing: the ceiling. */
  static TargetCommand hello() throws CliException {
    return command("hello");
  }

  /** The same, answering bodies of a size. */
  static TargetCommand hello(long bytes) throws CliException {
    return hello().withEnvironment(Map.of("BODY_BYTES", Long.toString(bytes)));
  }

  /** The service that is loaded where no other is named. */
  static TargetCommand qr() throws CliException {
    return command("qr");
  }

  private static TargetCommand command(String name) throws CliException {
    Path jar = Path.of(System.getProperty(HOME, "."), "services", name, "out", name + ".jar");
    if (!Files.isReadable(jar)) {
      throw CliException.usage(
          "the bundled service " + name + " is not built: " + jar + " is missing; run mvn package");
    }
    List<String> words = new ArrayList<>();
    words.add(ProcessHandle.current().info().command().orElse("java"));
    words.addAll(List.of("-jar", jar.toString()));
    return TargetCommand.of(words);
  }
}
