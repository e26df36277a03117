package dev.cubit.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The truth about service times: from a request's packet to its response's, as tcpdump saw them on
 * the loopback device. For loads without pipelining whose messages are of one packet each.
 *
 * <p>Reads the classic libpcap format (draft-ietf-opsawg-pcap), Ethernet frames with IPv4 and TCP.
 */
final class ServiceTimes {
  private static final int MAGIC_MICROS = 0xa1b2c3d4;
  private static final int ETHERNET = 14;

  private ServiceTimes() {}

  /**
   * Prints a percentile in microseconds.
   *
   * @param words the file, the server's port, the percentile, and the first and the last moment of
   *     a request that counts, ISO 8601
   */
  public static void main(String[] words) throws IOException {
    int port = Integer.parseInt(words[1]);
    long from = micros(Instant.parse(words[3]));
    long to = micros(Instant.parse(words[4]));
    long[] times = new long[1 << 20];
    int count = 0;
    Map<Integer, Long> asked = new HashMap<>();
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(Path.of(words[0])), 1 << 20))) {
      ByteOrder order = order(in);
      Optional<ByteBuffer> head = read(in, 16, order);
      while (head.isPresent()) {
        long at = head.get().getInt() * 1_000_000L + head.get().getInt();
        Optional<ByteBuffer> packet = read(in, head.get().getInt(), ByteOrder.BIG_ENDIAN);
        if (packet.isEmpty()) {
          break; // cut off when tcpdump was ended
        }
        int tcp = ETHERNET + (packet.get().get(ETHERNET) & 0xf) * 4;
        int source = packet.get().getShort(tcp) & 0xffff;
        int destination = packet.get().getShort(tcp + 2) & 0xffff;
        if (destination == port) {
          asked.putIfAbsent(source, at);
        } else {
          Long since = asked.remove(destination);
          if (since != null && since >= from && since <= to) {
            times = count == times.length ? Arrays.copyOf(times, count * 2) : times;
            times[count++] = at - since;
          }
        }
        head = read(in, 16, order);
      }
    }
    Arrays.sort(times, 0, count);
    int rank = (int) Math.ceil(Double.parseDouble(words[2]) / 100 * count);
    System.out.println(times[Math.max(0, rank - 1)]);
  }

  private static long micros(Instant moment) {
    return moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1000;
  }

  private static ByteOrder order(DataInputStream in) throws IOException {
    ByteBuffer head =
        read(in, 24, ByteOrder.LITTLE_ENDIAN)
            .orElseThrow(() -> new EOFException("the capture is empty"));
    if (head.getInt() == MAGIC_MICROS) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    if (head.order(ByteOrder.BIG_ENDIAN).getInt(0) == MAGIC_MICROS) {
      return ByteOrder.BIG_ENDIAN;
    }
    throw new IOException("this is no capture of tcpdump -w");
  }

  /** Empty at the end. */
  private static Optional<ByteBuffer> read(DataInputStream in, int length, ByteOrder order)
      throws IOException {
    byte[] bytes = in.readNBytes(length);
    return bytes.length < length
        ? Optional.empty()
        : Optional.of(ByteBuffer.wrap(bytes).order(order));
  }
}
