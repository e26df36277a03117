package dev.cubit.scale.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;

/**
 * Finds out an HTTP/2 peer that has gone without a word, which the kernel would tell much later:
 * one that has said nothing for a while is sent a PING (RFC 9113, section 6.7), and where nothing
 * comes then either it is gone. Owned by the event loop.
 */
final class PeerWatch {
  private final long quietNanos;
  private final long answerNanos;
  private long heard = System.nanoTime();
  private long pinged;

  /**
   * From now on.
   *
   * @param quietNanos without a byte, after which it is asked
   * @param answerNanos that it has for an answer
   */
  PeerWatch(long quietNanos, long answerNanos) {
    this.quietNanos = quietNanos;
    this.answerNanos = answerNanos;
  }

  /** Something has come. */
  void heard() {
    heard = System.nanoTime();
    pinged = 0;
  }

  /** Asks it where it is time to; true where it is gone. */
  boolean isGone(long now, Channel channel) {
    if (now - heard < quietNanos) {
      return false;
    }
    if (pinged == 0) {
      pinged = now;
      channel.writeAndFlush(new DefaultHttp2PingFrame(now));
      return false;
    }
    return now - pinged > answerNanos;
  }
}
