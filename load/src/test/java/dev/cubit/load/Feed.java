package dev.cubit.load;

import java.util.Arrays;
import java.util.List;

/** Feeds a parser as a wire does. */
final class Feed {
  private Feed() {}

  /** Feeds bytes in pieces of these lengths, over and over; gives how many were used. */
  static int cut(ResponseParser parser, byte[] bytes, List<Integer> lengths)
      throws ProtocolException {
    int at = 0;
    for (int i = 0; at < bytes.length && !parser.done(); i++) {
      int end = Math.min(bytes.length, at + lengths.get(i % lengths.size()));
      at = some(parser, bytes, at, end);
    }
    return at;
  }

  static int whole(ResponseParser parser, byte[] bytes, int from) throws ProtocolException {
    return some(parser, bytes, from, bytes.length);
  }

  private static int some(ResponseParser parser, byte[] bytes, int from, int to)
      throws ProtocolException {
    int at = from;
    while (at < to && !parser.done()) {
      int skippable = (int) Math.min(parser.skippable(), to - at);
      if (skippable > 0) {
        parser.skipped(skippable);
        at += skippable;
      } else {
        int n = Math.min(parser.wanted(), to - at);
        at += parser.feed(Arrays.copyOfRange(bytes, at, at + n), n);
        if (parser.interim()) {
          parser.afterInterim();
        }
      }
    }
    return at;
  }
}
