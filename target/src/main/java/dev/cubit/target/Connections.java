package dev.cubit.target;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The TCP connections that a process has opened to others, /proc/net/tcp and tcp6. */
public final class Connections {
  private static final String ESTABLISHED = "01";

  private Connections() {}

  /**
   * How many are established now, by {@code address:port} of the other side; those that the process
   * has accepted are not among them. Empty where it is not to be known.
   */
  public static Map<String, Integer> outbound(long pid) {
    Map<String, Integer> counts = new TreeMap<>();
    Set<Long> inodes = new HashSet<>(Proc.socketInodes(pid));
    Set<Integer> listening = new HashSet<>();
    ListeningSockets.of(List.of(pid)).forEach(socket -> listening.add(socket.port()));
    for (String table : List.of("/proc/" + pid + "/net/tcp", "/proc/" + pid + "/net/tcp6")) {
      for (String line : Proc.read(Path.of(table)).orElse("").lines().skip(1).toList()) {
        String[] fields = line.strip().split("\\s+", 11);
        if (fields.length > 9
            && fields[3].equals(ESTABLISHED)
            && inodes.contains(Long.valueOf(fields[9]))
            && !listening.contains(port(fields[1]))) {
          counts.merge(address(fields[2]) + ":" + port(fields[2]), 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  private static int port(String hex) {
    return Integer.parseInt(hex.substring(hex.lastIndexOf(':') + 1), 16);
  }

  /** Words of four bytes in the order of the host, which is little-endian where Java runs. */
  static String address(String hex) {
    byte[] bytes = new byte[hex.lastIndexOf(':') / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i / 4 * 4 + 3 - i % 4] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    try {
      String text = InetAddress.getByAddress(bytes).getHostAddress();
      return text.contains(":") ? "[" + text + "]" : text;
    } catch (UnknownHostException e) {
      return hex; // of another length than the two that there are
    }
  }
}
