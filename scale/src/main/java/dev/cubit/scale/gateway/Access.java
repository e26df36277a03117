package dev.cubit.scale.gateway;

import java.time.Instant;
import java.util.List;

/**
 * One request, as an access log has it.
 *
 * @param at when its head had come
 * @param client address
 * @param target path and query as the client sent them
 * @param service empty where none was found
 * @param endpoint name of the clone that was asked last; empty where none was
 * @param attempts how often it was given to an endpoint
 * @param status that the client got; 0: none, as the connection ended before
 * @param bytesIn of head and body to the service
 * @param bytesOut of head and body to the client
 * @param nanos from its head to the last byte of the answer
 */
public record Access(
    Instant at,
    String client,
    String method,
    String target,
    String service,
    String endpoint,
    int attempts,
    int status,
    long bytesIn,
    long bytesOut,
    long nanos) {

  /** Who wants to know of each request. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Requests that have ended, oldest first of one event loop; called by a thread that carries no
     * traffic. While it is busy for long, requests go by that it is not told of.
     */
    void ended(List<Access> requests);
  }
}
