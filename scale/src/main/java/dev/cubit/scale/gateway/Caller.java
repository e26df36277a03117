package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Outcome;
import io.netty.buffer.ByteBuf;

/**
 * Who has asked something on an {@link UpstreamConnection}, as that sees it. In order: connected,
 * interim*, answer, answering, toClient*, done; failed at any time, after which nothing comes.
 */
interface Caller {
  /** The connection that it waited for is open. */
  void connected(UpstreamConnection connection);

  /** Whether the request has been sent with all of its body. */
  boolean isSentWhole();

  /** The service takes more bytes again. */
  void goOn();

  /** A 1xx other than 101 has come. */
  void interim(ResponseHead head, UpstreamConnection from);

  /** Whether a 101 is an answer to what was asked. */
  boolean mayUpgrade(ResponseHead head);

  /** Whether the answer has no body, as HEAD was asked. */
  boolean isHead();

  /** Whether it wants content without chunks. */
  boolean wantsNoChunks();

  /** Whether a 421 is not to be told, as there is somebody else to ask. */
  boolean mayAskElsewhere();

  /** The connection is given up, after a 421. */
  void askElsewhere();

  /**
   * The head of the answer has come; what is to go in front of the body is left in the loop's
   * {@link Outgoing}.
   *
   * @param body its body, begun
   */
  void answer(ResponseHead head, Body body);

  /** The head goes out: from here on the answer cannot be another one. */
  void answering();

  /** Bytes of the answer; they are the caller's to release. */
  void toClient(ByteBuf bytes);

  /** More of the answer has come, after its head. */
  void active();

  /** The last byte of the answer has come. */
  void done(long now);

  /** The attempt has failed; its connection is gone. */
  void failed(Outcome outcome, boolean wasReused);
}
