package dev.cubit.measure;

import dev.cubit.target.Neighbour;
import dev.cubit.target.Target;
import dev.cubit.target.Watch;
import java.time.Duration;
import java.util.function.Function;

/**
 * A process whose use of the machine is looked at while it is loaded.
 *
 * @param command as it was started
 * @param watch begins to look, with a sample each interval
 */
public record Watched(String command, Function<Duration, Watch> watch) {
  public static Watched of(Target target) {
    return new Watched(target.command().text(), target::watch);
  }

  public static Watched of(Neighbour neighbour) {
    return new Watched(neighbour.command(), neighbour::watch);
  }
}
