package dev.cubit.scale.clone;

import java.util.concurrent.CompletableFuture;

/**
 * Who sends requests to clones, as the supervisor sees it. Its methods may be called anywhere, and
 * return at once.
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

  /** Takes no new requests at all: every clone is about to be drained and ended. */
  void end();
}
