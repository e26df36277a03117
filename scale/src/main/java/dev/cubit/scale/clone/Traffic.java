package dev.cubit.scale.clone;

import java.util.concurrent.CompletableFuture;

/** Who sends requests to clones, as the supervisor sees it. Its methods may be called anywhere. */
public interface Traffic {

  /** Begins to send it requests. */
  void admit(Clone clone);

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
}
