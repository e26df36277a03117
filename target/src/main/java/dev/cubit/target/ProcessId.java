package dev.cubit.target;

import java.util.Optional;

/**
 * A process, also when its number has been given to another.
 *
 * @param startTicks when it was started, in ticks since the machine was booted
 */
public record ProcessId(long pid, long startTicks) {

  /** Empty where no process has this number. */
  public static Optional<ProcessId> of(long pid) {
    return Proc.stat(pid).map(stat -> new ProcessId(pid, stat.startTicks()));
  }

  /** Whether that very process lives. */
  public boolean isAlive() {
    return Proc.stat(pid)
        .filter(stat -> stat.startTicks() == startTicks && !stat.isGone())
        .isPresent();
  }
}
