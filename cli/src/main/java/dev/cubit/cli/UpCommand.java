package dev.cubit.cli;

import dev.cubit.scale.Notice;
import dev.cubit.scale.Up;
import dev.cubit.scale.gateway.Transport;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.TopologySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cubit up}: runs a system until it is told to end. */
@Command(
    name = "up",
    header = "Run the services of a cubit.yaml, cloned and partitioned, behind one gateway.",
    description = {
      "",
      "Stays until Ctrl-C or cubit down; then takes no more requests, answers those under way, and"
          + " ends every process that it has started. What a killed cubit up has left is ended at"
          + " the next start.",
      "",
      "Instead of a file, a command: it is cloned behind a port, like Node's cluster module. Each"
          + " clone is told its own port by PORT, or by {port} in the command.",
      "",
      "The output of clones goes to stdout, each line with the clone's name; what happens to them"
          + " to stderr. SIGHUP, or cubit reload, reads the file again and touches what has"
          + " changed."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit up                                     the cubit.yaml of this folder",
      "  cubit up -f examples/shop/cubit.yaml",
      "  cubit up --clones 4 --port 8080 -- java -jar server.jar",
      "  cubit up --clones auto -- node server.js     one a core",
      "",
      "Then, in another terminal: cubit ps, top, logs, reload, clones, partitions, split, down.",
      "",
      "Exit codes: 0 ended by cubit down, 2 the file is wrong, or it is up already, 3 no clone"
          + " gets",
      "ready, 130 ended by Ctrl-C."
    })
final class UpCommand implements CubitCommand {
  private static final int USUAL_PORT = 8080;

  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The file. Default: cubit.yaml.")
  @Nullable Path file;

  @Option(
      names = {"--name"},
      paramLabel = "NAME",
      description =
          "What this system is called, to run several of one file. Default: the file's name.")
  @Nullable String name;

  @Option(
      names = {"-c", "--clones"},
      paramLabel = "N",
      description = "With a command: how many clones; auto is one a core. Default: auto.")
  @Nullable String clones;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "With a command: where the gateway listens; 0 is a free one. Default: 8080.")
  @Nullable Integer port;

  @Option(
      names = {"--transport"},
      paramLabel = "auto|io_uring|epoll|nio",
      description = "How bytes come from the kernel. Default: the best that there is.")
  String transport = "auto";

  @Option(
      names = {"-q", "--quiet"},
      description = "Leave out what clones write: cubit logs has it.")
  boolean quiet;

  @Override
  public int run(Words words, List<String> typed, Terminal terminal)
      throws CliException, InterruptedException {
    TopologySource source = source(words);
    CompletableFuture<Integer> end = new CompletableFuture<>();
    Interrupts.stopWith(() -> end.complete(Exit.INTERRUPTED));
    long started = System.nanoTime();
    Up up = open(source, terminal);
    Optional<CloneLines> lines =
        quiet ? Optional.empty() : Optional.of(CloneLines.of(up.follow(), terminal));
    try (up) {
      terminal.note("%s listens, by %s".formatted(up.address(), up.transport()));
      Hangup.does(() -> reread(up, terminal));
      var _ =
          CompletableFuture.allOf(
              up.ending().thenRun(() -> end.complete(Exit.OK)),
              up.begin()
                  .handle((_, e) -> begun(up, started, Optional.ofNullable(e), terminal, end)));
      int code = end.get();
      terminal.note("ending: what is under way is answered, then the clones go");
      return code;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CliException sentence) {
        throw sentence;
      }
      throw new IllegalStateException(e);
    } finally {
      lines.ifPresent(CloneLines::close);
    }
  }

  private Up open(TopologySource source, Terminal terminal)
      throws CliException, InterruptedException {
    try {
      return Up.open(source, named(source), transport(), notice -> tell(notice, terminal));
    } catch (ScaleException e) {
      throw CheckCommand.refused(e, "nothing was started", terminal);
    }
  }

  private static void reread(Up up, Terminal terminal) {
    terminal.note("SIGHUP: the file is read again");
    try {
      var _ =
          up.become(up.read())
              .whenComplete(
                  (_, failure) ->
                      terminal.note(
                          failure == null
                              ? "all is as in the file"
                              : "not all is as in the file: " + ScaleException.sentence(failure)));
    } catch (ScaleException e) {
      terminal.note(
          String.valueOf(CheckCommand.refused(e, "nothing was changed", terminal).getMessage()));
    }
  }

  private TopologySource source(Words words) throws CliException {
    List<String> command = words.command();
    if (words.hadSeparator() && (command.isEmpty() || command.getFirst().isBlank())) {
      throw CliException.usage(
          "what is to be cloned? cubit up -- COMMAND, as cubit up -- java -jar server.jar");
    }
    if (command.isEmpty()) {
      if (clones != null || port != null) {
        throw CliException.usage(
            (clones != null ? "--clones" : "--port")
                + " goes with a command (cubit up --clones 4 -- COMMAND): a file says it itself");
      }
      return new TopologySource.OfFile(
          file == null ? Path.of("cubit.yaml") : file, System.getenv());
    }
    if (file != null) {
      throw CliException.usage("a file or a command, not both: put the command into " + file);
    }
    int chosen = port == null ? USUAL_PORT : port;
    if (chosen < 0 || chosen > 65_535) {
      throw CliException.usage("a port is from 0 to 65535, not " + chosen);
    }
    return new TopologySource.OfCommand(command, clones(), chosen, Path.of(""));
  }

  private int clones() throws CliException {
    if (clones == null || clones.equals("auto")) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (!clones.matches("[1-9]\\d{0,3}")) {
      throw CliException.usage("--clones is a number from 1 on, or auto, not '" + clones + "'");
    }
    return Integer.parseInt(clones);
  }

  private String named(TopologySource source) throws CliException {
    if (name == null) {
      return source.name();
    }
    if (!name.matches("\\w[\\w.-]{0,62}")) {
      throw CliException.usage(
          "a name has letters, digits, dots and hyphens, at most 63: not '" + name + "'");
    }
    return name;
  }

  private Transport transport() throws CliException {
    try {
      return Transport.valueOf(transport.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw CliException.usage("'" + transport + "' is none of auto, io_uring, epoll and nio");
    }
  }

  /** The first start is over. */
  private static boolean begun(
      Up up,
      long started,
      Optional<Throwable> failure,
      Terminal terminal,
      CompletableFuture<Integer> end) {
    long working = up.working();
    if (end.isDone()) {
      return false; // ended meanwhile
    }
    if (failure.isPresent() && working == 0 && up.clones() > 0) {
      return end.completeExceptionally(
          new CliException(
              Exit.TARGET, "no clone gets ready: " + ScaleException.sentence(failure.get())));
    }
    failure.ifPresent(
        e -> terminal.note("what is missing is tried again: " + ScaleException.sentence(e)));
    terminal.note(
        "up: %s, %d of %d clones of %d %s, after %.1f s; cubit ps shows them, Ctrl-C ends them"
            .formatted(
                up.address(),
                working,
                up.clones(),
                up.services(),
                up.services() == 1 ? "service" : "services",
                Duration.ofNanos(System.nanoTime() - started).toMillis() / 1e3));
    return true;
  }

  private void tell(Notice notice, Terminal terminal) {
    synchronized (terminal) {
      terminal.note(notice.sentence());
      if (quiet) { // else it has just gone by
        notice.output().forEach(l -> terminal.err().println("  | " + Terminal.oneLine(l)));
      }
    }
  }
}
