package dev.cubit.load;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a load, lent to one at a time. They are kept for the next: after a warm-up the
 * measured load goes on with code that is compiled, where a new thread would begin with its loop
 * interpreted, and be late for half a second.
 */
final class EventLoops {
  /** More are not kept: loads at the same time are rare. */
  private static final int KEPT = 4;

  private static final Deque<EventLoops> FREE = new ArrayDeque<>(); // guarded by EventLoops.class

  private final String transport;
  private final IoEventLoopGroup group;
  private final List<EventLoop> each = new ArrayList<>();

  private EventLoops(Transports transport, int threads) {
    this.transport = transport.name();
    this.group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("cubit-load", true), transport.handlers());
    for (int i = 0; i < threads; i++) {
      each.add(group.next());
    }
  }

  /** As many as asked for, used by no other load until they are given back or shut down. */
  static synchronized EventLoops take(Transports transport, int threads) {
    for (EventLoops kept : FREE) {
      if (kept.transport.equals(transport.name()) && kept.each.size() == threads) {
        FREE.remove(kept);
        return kept;
      }
    }
    return new EventLoops(transport, threads);
  }

  List<EventLoop> each() {
    return each;
  }

  /** Keeps them for another load. Only where no channel is open on them, and nothing scheduled. */
  void giveBack() {
    synchronized (EventLoops.class) {
      FREE.addFirst(this);
      if (FREE.size() > KEPT) {
        FREE.removeLast().shutDown();
      }
    }
  }

  /** Ends the threads, whatever they still do; does not wait. */
  void shutDown() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
  }
}
