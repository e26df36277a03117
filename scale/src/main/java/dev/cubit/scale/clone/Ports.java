package dev.cubit.scale.clone;

import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives out ports for clones. They lie below those that the kernel gives to outgoing connections
 * (ip_local_port_range): one of those may be taken at any moment between our look and the clone's
 * bind, most likely by the gateway itself.
 */
final class Ports {
  private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int USUAL_FIRST = 32_768;
  private static final int MANY = 12_000;
  private static final int LEAST = 1_024;
  private static final int TRIES = 1_000;

  private final int end = firstEphemeral();
  private final Set<Integer> taken = new HashSet<>(); // guarded by this

  /** One that is free, and is not given to another until it is given back. */
  synchronized int take() throws ScaleException {
    int begin = Math.max(LEAST, end - MANY);
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(begin, end);
      if (!taken.contains(port) && isFree(port)) {
        taken.add(port);
        return port;
      }
    }
    throw new ScaleException(
        "there is no free port from "
            + begin
            + " to "
            + (end - 1)
            + " for a clone: end what listens there, or widen the range below the kernel's own"
            + " (net.ipv4.ip_local_port_range)");
  }

  synchronized void giveBack(int port) {
    taken.remove(port);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      // all addresses, as a clone may bind any
      socket.bind(new InetSocketAddress((InetAddress) null, port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int firstEphemeral() {
    try {
      int first = Integer.parseInt(Files.readString(RANGE).strip().split("\\s+", 2)[0]);
      return first - LEAST > MANY / 2 ? first : USUAL_FIRST; // no room below: it is risked
    } catch (IOException e) {
      return USUAL_FIRST;
    }
  }
}
