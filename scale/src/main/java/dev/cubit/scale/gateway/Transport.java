package dev.cubit.scale.gateway;

/** How bytes come from the kernel. */
public enum Transport {
  /** The best that this machine has. */
  AUTO,
  /** Linux's rings: one system call for many operations. */
  IO_URING,
  /** Linux's older way. */
  EPOLL,
  /** The JDK's, everywhere. */
  NIO
}
