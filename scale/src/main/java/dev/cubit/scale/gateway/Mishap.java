package dev.cubit.scale.gateway;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;

/** Tells what happens on networks, and is nobody's concern, from what is a mistake in here. */
final class Mishap {
  private Mishap() {}

  /** Whether it is a reset, or bytes that are no TLS. */
  static boolean isOrdinary(Throwable cause) {
    return cause instanceof IOException
        || (cause instanceof DecoderException && cause.getCause() instanceof IOException);
  }
}
