package dev.cubit.target;

import dev.cubit.target.ListeningSockets.Listening;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The service under test as a process that Cubit has started, and ends.
 *
 * <p>It is told a port by PORT in its environment. What port it then really listens on is found by
 * looking at the sockets of the process and of all that it has started; so a command that does not
 * know PORT works as well. Every process it starts inherits a mark in its environment, by which
 * also those are found, and ended, that have left their parent.
 *
 * <p>It does not get a session of its own: Ctrl-C in a terminal reaches it together with Cubit, as
 * it would without Cubit. What outlives that is ended by {@link #close}, also when the JVM shuts
 * down.
 */
public final class Target implements AutoCloseable {
  private static final int LINE_BYTES = 4096;
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final LiveTargets LIVE = new LiveTargets();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(LIVE::endAll, "end-targets"));
  }

  private final TargetCommand command;
  private final Child child;
  private final Process process;
  private final ProcessTree tree;
  private final LastLines output;
  private final long begin = System.nanoTime();
  private Listening listening = new Listening("127.0.0.1", 0, 0);
  private Duration readyAfter = Duration.ZERO;
  private boolean closed; // guarded by this

  private Target(TargetCommand command, Child child, LastLines output) {
    this.command = command;
    this.child = child;
    this.process = child.process();
    this.tree = child.tree();
    this.output = output;
  }

  /**
   * Starts a target and waits until it accepts connections.
   *
   * @param listener gets each line that it writes, on a thread of its own
   * @throws TargetException where the command cannot be run, where it ends before it listens or
   *     does not listen in time, or where something else listens on its port already
   */
  public static Target start(TargetCommand command, Consumer<String> listener)
      throws TargetException, InterruptedException {
    if (command.port().isPresent()) {
      requireFree(command.port().getAsInt());
    }
    int told = command.port().isPresent() ? command.port().getAsInt() : freePort();
    ProcessBuilder builder = new ProcessBuilder(command.words()).redirectErrorStream(true);
    builder.environment().putAll(command.environment());
    builder.environment().put("PORT", Integer.toString(told));
    LastLines last = new LastLines(listener);
    Child child;
    try {
      child = Child.start(builder, LINE_BYTES, last, last);
    } catch (TargetException e) {
      throw new TargetException(e.getMessage() + "; check the command after --", List.of());
    }
    Target target = new Target(command, child, last);
    LIVE.add(target);
    try {
      target.waitUntilReady(told);
      return target;
    } catch (TargetException | InterruptedException | RuntimeException e) {
      target.close();
      throw e;
    }
  }

  private static void requireFree(int port) throws TargetException {
    boolean taken = connects("127.0.0.1", port) || connects("::1", port);
    if (taken) {
      String by =
          ListeningSockets.owner(port)
              .map(pid -> " by " + Proc.command(pid).orElse("a process") + " (pid " + pid + ")")
              .orElse("");
      throw new TargetException(
          "port " + port + " is taken already" + by + ": end that, or choose another with --port",
          List.of());
    }
  }

  private static int freePort() throws TargetException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new TargetException("there is no free port: " + e.getMessage(), List.of());
    }
  }

  private void waitUntilReady(int told) throws TargetException, InterruptedException {
    long until = begin + command.readyTimeout().toNanos();
    Optional<Settling> foreign = Optional.empty();
    for (int pause = 5; ; pause = Math.min(50, pause * 2)) {
      List<Listening> found = listening(told);
      Optional<Listening> right = found.stream().filter(s -> s.port() == told).findFirst();
      long now = System.nanoTime();
      if (right.isEmpty() && !found.isEmpty()) {
        // it may open the port that it was told in a moment: a helper of it was ready before
        Settling settling = foreign.orElseGet(() -> new Settling(tree));
        foreign = Optional.of(settling);
        if (settling.isSettled()) {
          right = Optional.of(found.getFirst());
        }
      }
      if (right.isPresent() && accepts(right.get())) {
        readyAfter = Duration.ofNanos(System.nanoTime() - begin);
        return;
      }
      if (!process.isAlive() && tree.isGone()) {
        throw new TargetException(
            "the target ended with exit code "
                + process.exitValue()
                + " before it listened on a port: "
                + command.text(),
            lastWords());
      }
      if (now > until) {
        throw new TargetException(
            "the target did not listen on a port within "
                + command.readyTimeout().toSeconds()
                + " s; it was told PORT="
                + told
                + " (--ready-timeout waits longer): "
                + command.text(),
            lastWords());
      }
      process.waitFor(pause, TimeUnit.MILLISECONDS);
      if (!process.isAlive()) {
        Thread.sleep(pause); // its children go on
      }
    }
  }

  /** Ends it and reads what it has written, unless one that got away keeps its output open. */
  private List<String> lastWords() throws InterruptedException {
    close();
    child.awaitOutput(GRACE);
    return output.last();
  }

  private List<Listening> listening(int told) {
    if (Proc.isThere()) {
      return ListeningSockets.of(tree.pids());
    }
    return List.of(new Listening("127.0.0.1", told, 0)); // elsewhere, the port it was told is tried
  }

  private boolean accepts(Listening socket) {
    if (connects(socket.address(), socket.port())) {
      listening = socket;
      return true;
    }
    if (connects("::1", socket.port())) {
      listening = new Listening("::1", socket.port(), socket.inode());
      return true;
    }
    return false;
  }

  private static boolean connects(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public TargetCommand command() {
    return command;
  }

  /** The port that it listens on. */
  public int port() {
    return listening.port();
  }

  /** The loopback address that it listens on, for a URL: {@code 127.0.0.1} or {@code [::1]}. */
  public String host() {
    String address = listening.address();
    return address.contains(":") ? "[" + address + "]" : address;
  }

  public long pid() {
    return process.pid();
  }

  /** The process that listens on its port: the command's own, or one that it has started. */
  public long servingPid() {
    return tree.pids().stream()
        .filter(pid -> Proc.socketInodes(pid).contains(listening.inode()))
        .findFirst()
        .orElse(pid());
  }

  public boolean isAlive() {
    return process.isAlive() || !tree.isGone();
  }

  /** Those of its processes that are JVMs, the one that listens on its port first. */
  public List<Long> jvms() {
    long serving = servingPid();
    return tree.pids().stream()
        .filter(Proc::isJvm)
        .sorted(Comparator.comparing((Long pid) -> pid != serving))
        .toList();
  }

  /**
   * When this JVM shuts down, it is ended some seconds later than other targets, unless it has been
   * closed by then: for what still has to be asked of it, such as for its recording.
   */
  public void endLater() {
    LIVE.need(this);
  }

  /** From its start until it accepted a connection. */
  public Duration readyAfter() {
    return readyAfter;
  }

  /** The last lines that it has written, at most 20. */
  public List<String> lastOutput() {
    return output.last();
  }

  /** Empty while it runs. */
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Begins to sample what it uses of the machine. */
  public Watch watch(Duration interval) {
    return new Watch(tree, interval);
  }

  /** Ends it and all that it has started: SIGTERM, after 5 s SIGKILL. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      child.end(GRACE);
      LIVE.remove(this);
    }
  }
}
