package dev.cubit.scale.control;

import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Answers who can open the socket in a system's folder, which is its owner alone: blocking reads
 * and writes, a virtual thread for each connection.
 */
public final class ControlServer implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /**
   * What clients may take.
   *
   * @param connections at one time
   * @param idle for a request to come, and to be whole
   * @param grace for an answer to come to its end once the server is closing
   */
  record Bounds(int connections, Duration idle, Duration grace) {
    static final Bounds USUAL = new Bounds(256, Duration.ofSeconds(60), Duration.ofSeconds(3));
  }

  private final ServerSocketChannel listener;
  private final Path socket;
  private final ControlHandler handler;
  private final Consumer<Throwable> bugs;
  private final Bounds bounds;
  private final Thread acceptor;
  private final Thread sweeper;

  /** Each with its thread; only the acceptor adds. */
  private final Map<ServerConnection, Thread> connections = new ConcurrentHashMap<>();

  private ControlServer(
      ServerSocketChannel listener,
      Path socket,
      ControlHandler handler,
      Consumer<Throwable> bugs,
      Bounds bounds) {
    this.listener = listener;
    this.socket = socket;
    this.handler = handler;
    this.bugs = bugs;
    this.bounds = bounds;
    this.acceptor = Thread.ofVirtual().name("control-acceptor").unstarted(this::accept);
    this.sweeper = Thread.ofVirtual().name("control-sweeper").unstarted(this::sweep);
  }

  /**
   * Opens it. The folder is made where it is not there, and is its owner's alone from then on.
   *
   * @param folder the system's; one process at a time, which is for the caller to see to
   * @param bugs told what a handler has thrown that is no {@link ScaleException}; by any thread
   * @throws ScaleException where it cannot be opened
   */
  public static ControlServer open(Path folder, ControlHandler handler, Consumer<Throwable> bugs)
      throws ScaleException {
    return open(folder, handler, bugs, Bounds.USUAL);
  }

  static ControlServer open(
      Path folder, ControlHandler handler, Consumer<Throwable> bugs, Bounds bounds)
      throws ScaleException {
    try {
      ServerSocketChannel listener = ControlSocket.bind(folder);
      ControlServer server =
          new ControlServer(listener, ControlSocket.of(folder), handler, bugs, bounds);
      server.acceptor.start();
      server.sweeper.start();
      return server;
    } catch (IOException e) {
      throw new ScaleException(
          "cannot open the socket by which " + folder + " is controlled: " + e.getMessage(), e);
    }
  }

  private void accept() {
    while (true) {
      try {
        begin(listener.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException | Error e) {
        bugs.accept(e); // too many open files, for one: that may pass
        if (!pause(PAUSE)) {
          return;
        }
      }
    }
  }

  private void begin(SocketChannel client) {
    ServerConnection connection = new ServerConnection(client, handler, bugs);
    if (connections.size() >= bounds.connections()) {
      connection.turnAway();
      return;
    }
    Thread thread =
        Thread.ofVirtual()
            .name("control-connection")
            .unstarted(
                () -> {
                  try {
                    connection.run();
                  } finally {
                    connections.remove(connection);
                  }
                });
    connections.put(connection, thread);
    thread.start();
  }

  private void sweep() {
    while (pause(PAUSE)) {
      try {
        connections.keySet().forEach(connection -> connection.endIfIdle(bounds.idle()));
      } catch (RuntimeException | Error e) {
        bugs.accept(e);
      }
    }
  }

  /** Whether the time has passed. */
  private static boolean pause(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /**
   * Removes the socket, asks streams to end, and waits for what is being answered, but not long.
   * Not for a handler to call: it would wait for itself.
   */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(socket);
      listener.close();
    } catch (IOException e) {
      bugs.accept(e); // a socket that nobody answers is replaced by the next
    }
    sweeper.interrupt();
    try {
      acceptor.join(); // so that all connections are known
      Map<ServerConnection, Thread> left = Map.copyOf(connections);
      left.keySet().forEach(ServerConnection::end);
      long deadline = System.nanoTime() + bounds.grace().toNanos();
      for (Thread thread : left.values()) {
        thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // who closes has no time
    }
    connections.forEach(
        (connection, thread) -> {
          connection.cut();
          thread.interrupt();
        });
  }
}
