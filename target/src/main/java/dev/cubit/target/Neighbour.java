package dev.cubit.target;

import java.time.Duration;
import java.util.Optional;

/** A process of this machine that was there before Cubit: watched, never ended. */
public final class Neighbour {
  private final long pid;
  private final ProcessTree tree;

  private Neighbour(long pid) {
    this.pid = pid;
    this.tree = new ProcessTree(pid, Optional.empty());
  }

  /** Empty where nothing listens there, or where it is not to be known whose it is. */
  public static Optional<Neighbour> listeningOn(int port) {
    return ListeningSockets.owner(port).map(Neighbour::new);
  }

  /** Empty where no process has this number. */
  public static Optional<Neighbour> of(long pid) {
    return Proc.stat(pid).filter(stat -> !stat.isGone()).map(stat -> new Neighbour(pid));
  }

  /** True where it has the JVM's library in memory. */
  public boolean isJvm() {
    return Proc.isJvm(pid);
  }

  public boolean isAlive() {
    return Proc.stat(pid).map(stat -> !stat.isGone()).orElse(false);
  }

  public long pid() {
    return pid;
  }

  /** The words that it was started with. */
  public String command() {
    return Proc.command(pid).orElse("pid " + pid);
  }

  /** Begins to sample what it and its children use of the machine. */
  public Watch watch(Duration interval) {
    return new Watch(tree, interval);
  }
}
