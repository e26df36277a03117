package dev.cubit.load;

/** What moves the bytes. {@link #AUTO} takes the first of the others that this machine has. */
public enum Transport {
  AUTO,
  IO_URING,
  EPOLL,
  NIO
}
