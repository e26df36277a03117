package dev.cubit.load;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The connections of a load.
 *
 * @param count open at the same time, 1 to 100,000
 * @param pipelining requests in flight on each, 1 to 1,000: HTTP/1.1 pipelining or HTTP/2 streams
 * @param requestsBeforeReconnect after so many a connection is closed and opened anew; 0: never
 * @param maxRequestsEach a connection that has sent so many is done for the run
 * @param unixSocket connect there instead of to the origin's host and port
 */
public record Connections(
    int count,
    int pipelining,
    Protocol protocol,
    int requestsBeforeReconnect,
    OptionalLong maxRequestsEach,
    Optional<Path> unixSocket,
    Tls tls) {
  public Connections {
    require(count >= 1 && count <= 100_000, "connections are 1 to 100000, not " + count);
    require(pipelining >= 1 && pipelining <= 1_000, "pipelining is 1 to 1000, not " + pipelining);
    require(requestsBeforeReconnect >= 0, "the reconnect rate is 0 or more requests");
    require(maxRequestsEach.orElse(1) >= 1, "a connection sends at least 1 request");
  }

  public static Connections of(int count) {
    return new Connections(
        count, 1, Protocol.HTTP_1, 0, OptionalLong.empty(), Optional.empty(), Tls.DEFAULT);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
