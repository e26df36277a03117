package dev.cubit.scale.gateway;

import java.util.Arrays;

/** Where a head is put together: an array that grows, one for each event loop. Hot path. */
final class Outgoing {
  byte[] bytes = new byte[4096];
  int length;

  void clear() {
    length = 0;
  }

  Outgoing put(byte[] all) {
    return put(all, 0, all.length);
  }

  Outgoing put(byte[] b, int from, int to) {
    int n = to - from;
    room(n);
    System.arraycopy(b, from, bytes, length, n);
    length += n;
    return this;
  }

  Outgoing put(char c) {
    room(1);
    bytes[length++] = (byte) c;
    return this;
  }

  /** In decimal digits, of a number that is not negative. */
  Outgoing put(long number) {
    room(20);
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  private void room(int n) {
    if (bytes.length - length < n) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + n));
    }
  }
}
