package dev.cubit.target;

import dev.cubit.target.ListeningSockets.Listening;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that Cubit has started, with all that it has started in turn. Every process below it
 * inherits a mark in its environment, by which also those are found, and ended, that have left
 * their parent. What it writes is read until its end, so that it is never blocked by us. Nobody
 * ends it at the end of this JVM but who has started it.
 */
public final class Child {
  private static final String MARK = "CUBIT_TARGET";
  private static final Pattern EXEC_ERROR = Pattern.compile("error[=:] ?(\\d+)");

  private final Process process;
  private final ProcessTree tree;
  private final ProcessId id;
  private final List<Thread> readers = new ArrayList<>();

  private Child(Process process, String mark) {
    this.process = process;
    this.tree = new ProcessTree(process.pid(), Optional.of(MARK + "=" + mark));
    this.id = ProcessId.of(process.pid()).orElse(new ProcessId(process.pid(), 0));
  }

  /**
   * Starts it.
   *
   * @param builder the command, its folder and environment; its input becomes empty
   * @param lineBytes of a line that are kept, the rest of it is dropped
   * @param out gets each line of its output, on a thread of its own
   * @param err likewise of its errors; never asked where the builder puts both together
   * @throws TargetException where it cannot be run
   */
  public static Child start(
      ProcessBuilder builder, int lineBytes, Consumer<String> out, Consumer<String> err)
      throws TargetException {
    String mark = UUID.randomUUID().toString();
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().put(MARK, mark);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new TargetException(
          "cannot start '" + builder.command().getFirst() + "': " + reason(e), List.of());
    }
    Child child = new Child(process, mark);
    child.readers.add(new TargetOutput(lineBytes, out).read(process.getInputStream()));
    if (!builder.redirectErrorStream()) {
      child.readers.add(new TargetOutput(lineBytes, err).read(process.getErrorStream()));
    }
    return child;
  }

  /** The JDK tells the error number of exec in its message, and nowhere else; errno(3). */
  private static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    Matcher number = EXEC_ERROR.matcher(message);
    return switch (number.find() ? number.group(1) : "") {
      case "2" -> "there is no such program";
      case "13" -> "it is not executable";
      default -> message;
    };
  }

  Process process() {
    return process;
  }

  ProcessTree tree() {
    return tree;
  }

  public long pid() {
    return process.pid();
  }

  /** Names it for good, also when its number has been given to another. */
  public ProcessId id() {
    return id;
  }

  /** Whether the command's own process lives; asks nothing of /proc. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the exit code when the command's own process has ended; 128 + n by signal n. */
  public CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** The addresses at which this process, or one below it, listens on that port. */
  public List<String> addressesOn(int port) {
    if (ListeningSockets.all().stream().noneMatch(s -> s.port() == port)) {
      return List.of(); // the usual answer while it starts, without a look at its files
    }
    return ListeningSockets.of(tree.pids()).stream()
        .filter(s -> s.port() == port)
        .map(Listening::address)
        .toList();
  }

  /** All ports that this process, or one below it, listens on. */
  public List<Integer> ports() {
    return ListeningSockets.of(tree.pids()).stream()
        .map(Listening::port)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Ends it and all that it has started: SIGTERM, and SIGKILL to what is left after the grace time.
   * Returns when all have ended.
   *
   * @return whether SIGTERM was enough for the command's own process
   */
  public boolean end(Duration grace) {
    long until = System.nanoTime() + grace.toNanos();
    Map<Long, Long> asked = tree.ask();
    boolean gently = ends(grace);
    tree.await(Duration.ofNanos(Math.max(0, until - System.nanoTime())), asked);
    ends(Duration.ofSeconds(5)); // killed: until the JVM knows its exit code
    return gently;
  }

  /** Waits without a look at /proc, as most need nothing more. */
  private boolean ends(Duration atMost) {
    return process
        .onExit()
        .thenApply(p -> true)
        .completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** Waits until all that it has written was read, unless one that got away keeps it open. */
  public void awaitOutput(Duration atMost) throws InterruptedException {
    for (Thread reader : readers) {
      reader.join(atMost);
    }
  }
}
