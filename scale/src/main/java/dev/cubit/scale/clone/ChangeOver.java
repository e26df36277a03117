package dev.cubit.scale.clone;

import dev.cubit.scale.topology.ScaleException;

/**
 * How requests come to go by another plan of a service. It is done when all clones of the new plan
 * take requests, and before those end that it has no longer.
 */
@FunctionalInterface
public interface ChangeOver {
  /**
   * Does it; it may take its time.
   *
   * @throws ScaleException where that cannot be: the plan before holds on
   */
  void run() throws ScaleException;
}
