package dev.cubit.scale.control;

import java.io.IOException;

/** Nobody reads any more what is written: no fault of anybody. */
final class ClientGone extends IOException {
  private static final long serialVersionUID = 1;

  ClientGone(String message) {
    super(message);
  }

  ClientGone(IOException cause) {
    super("the client is gone", cause);
  }
}
