package dev.cubit.target;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The TCP sockets of this machine that listen, and whose they are: /proc/net/tcp and tcp6. */
final class ListeningSockets {
  private static final String LISTEN = "0A";

  /**
   * One of them.
   *
   * @param address where a connection reaches it: 127.0.0.1 or ::1 where it listens on all
   */
  record Listening(String address, int port, long inode) {}

  private ListeningSockets() {}

  static List<Listening> all() {
    List<Listening> sockets = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      Proc.read(Path.of(table))
          .ifPresent(
              text ->
                  text.lines()
                      .skip(1)
                      .map(ListeningSockets::parse)
                      .forEach(s -> s.ifPresent(sockets::add)));
    }
    return sockets;
  }

  /**
   * A line as {@code 0: 0100007F:1F90 00000000:0000 0A … inode …}; addresses are words in host
   * order.
   */
  static Optional<Listening> parse(String line) {
    String[] fields = line.strip().split("\\s+", -1);
    if (fields.length < 10 || !fields[3].equals(LISTEN)) {
      return Optional.empty();
    }
    int colon = fields[1].lastIndexOf(':');
    String address = fields[1].substring(0, colon);
    int port = Integer.parseInt(fields[1].substring(colon + 1), 16);
    return Optional.of(new Listening(reachable(address), port, Long.parseLong(fields[9])));
  }

  private static String reachable(String hex) {
    if (hex.length() == 8) {
      return hex.equals("00000000") ? "127.0.0.1" : ipv4(hex);
    }
    if (hex.startsWith("0000000000000000FFFF0000")) {
      return reachable(hex.substring(24)); // IPv4 mapped into IPv6, as Java listens
    }
    if (hex.matches("0+")) {
      return "127.0.0.1"; // both families, unless the socket is for IPv6 only: tried next
    }
    return "::1";
  }

  private static String ipv4(String hex) {
    long word = Long.parseLong(hex, 16);
    return (word & 255) + "." + (word >> 8 & 255) + "." + (word >> 16 & 255) + "." + (word >> 24);
  }

  /** Those of these processes. */
  static List<Listening> of(List<Long> pids) {
    List<Listening> all = all();
    if (all.isEmpty()) {
      return all;
    }
    Set<Long> inodes = new HashSet<>();
    pids.forEach(pid -> inodes.addAll(Proc.socketInodes(pid)));
    return all.stream().filter(s -> inodes.contains(s.inode())).toList();
  }

  /** The process that listens on a port, where it may be known. */
  static Optional<Long> owner(int port) {
    List<Long> inodes = all().stream().filter(s -> s.port() == port).map(Listening::inode).toList();
    if (inodes.isEmpty()) {
      return Optional.empty();
    }
    return Proc.pids().stream()
        .filter(pid -> Proc.socketInodes(pid).stream().anyMatch(inodes::contains))
        .findFirst();
  }
}
