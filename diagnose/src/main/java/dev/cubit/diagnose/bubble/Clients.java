package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.recording.Recording.Wait;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells those who ask this service from those whom it asks: a host that is met at several ports of
 * the range that systems give to callers is a caller at each of them, unless one of these ports is
 * met far more often than the others.
 */
final class Clients {
  /** Linux gives callers a port from here on; others from 49152 on, as IANA says. */
  private static final int FIRST_EPHEMERAL = 32_768;

  private static final int SEVERAL = 3;
  private static final int FAR_MORE = 8;

  private final Set<String> addresses = new HashSet<>();
  private final Set<Long> threads = new HashSet<>();

  Clients(List<Wait> waits) {
    Map<String, Map<String, Integer>> hosts = new HashMap<>();
    for (Wait wait : waits) {
      if (isSocket(wait) && port(wait.detail()) >= FIRST_EPHEMERAL) {
        hosts
            .computeIfAbsent(host(wait.detail()), h -> new HashMap<>())
            .merge(wait.detail(), 1, Integer::sum);
      }
    }
    hosts.values().stream().filter(met -> met.size() >= SEVERAL).forEach(this::callers);
    for (Wait wait : waits) {
      if (isSocket(wait) && addresses.contains(wait.detail())) {
        threads.add(wait.threadId());
      }
    }
  }

  private void callers(Map<String, Integer> met) {
    List<Integer> counts = new ArrayList<>(met.values());
    Collections.sort(counts);
    int usual = counts.get(counts.size() / 2);
    met.forEach(
        (address, count) -> {
          if (count <= Math.max(1L, usual) * FAR_MORE) {
            addresses.add(address);
          }
        });
  }

  boolean isClient(String address) {
    return addresses.contains(address);
  }

  /** Whether a thread talks to a client: then it serves, whoever has made it. */
  boolean has(long threadId) {
    return threads.contains(threadId);
  }

  private static boolean isSocket(Wait wait) {
    return wait.kind() == WaitKind.SOCKET_READ || wait.kind() == WaitKind.SOCKET_WRITE;
  }

  private static String host(String address) {
    int colon = address.lastIndexOf(':');
    return colon < 0 ? address : address.substring(0, colon);
  }

  private static int port(String address) {
    try {
      return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    } catch (NumberFormatException e) {
      return 0; // a socket that has no port
    }
  }
}
