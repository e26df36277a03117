package dev.cubit.scale.control;

import dev.cubit.scale.topology.ScaleException;

/** What answers requests; called by several threads at one time. */
@FunctionalInterface
public interface ControlHandler {
  /**
   * Answers one.
   *
   * @throws ScaleException for what the user can mend: the client gets a 409 with its sentence
   */
  Answer answer(ControlRequest request) throws ScaleException, InterruptedException;
}
