package dev.cubit.scale;

import java.time.Instant;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * One line of {@code cubit ps}: a server that Cubit has not started, or a DNS name that leads to
 * none.
 *
 * @param service its name
 * @param partition its name; empty where there are none
 * @param name unique in the running system, and of the server's address: {@code
 *     products.A-L.10.0.0.5:8080}
 * @param address with port, as {@code 10.0.0.5:8080}
 * @param why it is in this state, where that needs a word; else empty
 * @param since when it is
 * @param load what it carries
 */
public record ServerStatus(
    String service,
    String partition,
    String name,
    String address,
    State state,
    String why,
    Instant since,
    Load load) {

  /** With what it carries. */
  ServerStatus carrying(Load now) {
    return new ServerStatus(service, partition, name, address, state, why, since, now);
  }

  /** The port of its address. */
  OptionalInt port() {
    String port = address.substring(address.lastIndexOf(':') + 1);
    return port.matches("\\d{1,5}") ? OptionalInt.of(Integer.parseInt(port)) : OptionalInt.empty();
  }

  /** Whether it takes requests. */
  public enum State {
    /** It has not been asked yet whether it is well, and gets no requests. */
    NEW,
    /** It takes requests. */
    UP,
    /** It has failed its health checks, and gets no requests. */
    DOWN,
    /** It is no longer named, and answers its last requests. */
    DRAINING;

    /** As users read it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
