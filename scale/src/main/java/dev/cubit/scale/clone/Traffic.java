package dev.cubit.scale.clone;

import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import java.util.concurrent.CompletableFuture;

/**
 * Who sends requests to clones, as the supervisor sees it. Its methods may be called anywhere, and
 * return at once, but for {@link #end}.
 *
 * <pre>
 *   admit --> (suspend --> resume)* --> drain --> forget
 *     +---------- it has crashed -----------------^
 * </pre>
 */
public interface Traffic {

  /** Begins to send it requests. */
  void admit(Clone clone);

  /** Sends it no new requests until it is resumed: it is unhealthy. */
  void suspend(Clone clone);

  /** Sends it requests again. */
  void resume(Clone clone);

  /**
   * Sends it no new requests.
   *
   * @return completes when its last request has been answered
   */
  CompletableFuture<Void> drain(Clone clone);

  /** Forgets it: it has ended. */
  void forget(Clone clone);

  /** How many requests it has been sent since it was admitted. */
  long requests(Clone clone);

  /**
   * Sends requests by this plan from now on: all its clones take requests, and those that it has no
   * longer are about to be drained.
   *
   * @throws ScaleException where that cannot be: the plan before holds on
   */
  void changeOver(ServicePlan plan) throws ScaleException;

  /**
   * Takes no new requests at all: every clone is about to be drained and ended. Returns when what
   * is under way has been answered, or has had its time.
   */
  void end();
}
