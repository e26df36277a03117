package dev.cubit.cli;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.jvm.Jvm;
import dev.cubit.load.LoadPlan;
import dev.cubit.measure.Watched;
import dev.cubit.target.Neighbour;
import dev.cubit.target.Target;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * The JVM that is looked at.
 *
 * @param jvm attached to
 * @param watched its process and what belongs to it
 * @param target present where Cubit has started it, and ends it
 */
record Patient(Jvm jvm, Watched watched, Optional<Target> target) implements AutoCloseable {

  /** Of a command that Cubit has started. */
  static Patient of(Target target) throws CliException {
    List<Long> jvms = target.jvms();
    if (jvms.isEmpty()) {
      throw new CliException(
          Exit.TARGET,
          "there is no JVM among the processes of '"
              + target.command().text()
              + "': a diagnosis is for Java "
              + Jvm.OLDEST
              + " and newer");
    }
    target.endLater();
    return new Patient(attach(jvms.getFirst()), Watched.of(target), Optional.of(target));
  }

  /** One that runs already. */
  static Patient of(long pid) throws CliException {
    Neighbour neighbour =
        Neighbour.of(pid)
            .orElseThrow(() -> CliException.usage("there is no process with the pid " + pid));
    return of(neighbour);
  }

  /** The one that listens where the load goes. */
  static Patient of(LoadPlan plan) throws CliException {
    var request = plan.requests().getFirst();
    try {
      if (InetAddress.getByName(request.host()).isLoopbackAddress()) {
        Optional<Neighbour> neighbour = Neighbour.listeningOn(request.port());
        if (neighbour.isPresent()) {
          return of(neighbour.get());
        }
        throw new CliException(
            Exit.TARGET, "nothing that this user may look at listens on port " + request.port());
      }
    } catch (UnknownHostException e) {
      throw new CliException(Exit.TARGET, "there is no host '" + request.host() + "'");
    }
    throw CliException.usage(
        request.host()
            + " is not this machine: a diagnosis looks into the process, so run Cubit where it"
            + " runs");
  }

  private static Patient of(Neighbour neighbour) throws CliException {
    if (!neighbour.isJvm()) {
      throw new CliException(
          Exit.TARGET,
          "process " + neighbour.pid() + " is no JVM, or another user's: " + neighbour.command());
    }
    return new Patient(attach(neighbour.pid()), Watched.of(neighbour), Optional.empty());
  }

  private static Jvm attach(long pid) throws CliException {
    try {
      return Jvm.attach(pid);
    } catch (DiagnoseException e) {
      throw new CliException(Exit.TARGET, e);
    }
  }

  boolean isAlive() {
    return ProcessHandle.of(jvm.pid()).map(ProcessHandle::isAlive).orElse(false);
  }

  @Override
  public void close() {
    jvm.close();
    target.ifPresent(Target::close);
  }
}
