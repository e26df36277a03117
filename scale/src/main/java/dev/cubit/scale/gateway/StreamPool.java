package dev.cubit.scale.gateway;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The connections to an endpoint that speaks HTTP/2: as few as have room for all requests. Owned by
 * the event loop.
 */
final class StreamPool {
  /** A new connection is opened for so many requests that wait. */
  private static final int WAITING_EACH = 100;

  private final Worker worker;
  private final Dialer dialer;
  private final boolean tls;
  private final List<Http2Server> servers = new ArrayList<>();
  private final ArrayDeque<UpstreamConnection> waiting = new ArrayDeque<>();
  private int opening;
  private boolean leaving;

  StreamPool(Worker worker, Dialer dialer, boolean tls) {
    this.worker = worker;
    this.dialer = dialer;
    this.tls = tls;
  }

  /** Gives it a stream now, or tells it {@link UpstreamConnection#tried later}. */
  void open(UpstreamConnection request) {
    leaving = false;
    for (int i = servers.size() - 1; i >= 0; i--) {
      Http2Server server = servers.get(i);
      if (server.hasRoom() && server.open(request)) {
        request.begun();
        return;
      }
    }
    waiting.add(request);
    if (opening * WAITING_EACH < waiting.size()) {
      dial();
    }
  }

  private void dial() {
    opening++;
    Http2Server server = new Http2Server(worker, this, tls);
    dialer.dial(server::addTo, success -> dialled(server, success));
  }

  private void dialled(Http2Server server, boolean success) {
    if (success && server.isActive()) {
      servers.add(server);
      server.begin();
    } else {
      notOpened();
    }
  }

  /** A connection has said how many streams it may have. */
  void ready() {
    opening--;
    hasRoom();
    if (leaving) {
      retire();
    }
  }

  private void notOpened() {
    opening--;
    if (opening == 0) { // rather than to try for ever
      List<UpstreamConnection> all = List.copyOf(waiting);
      waiting.clear();
      all.forEach(request -> request.tried(false));
    }
  }

  /** A connection can take one more. */
  void hasRoom() {
    while (!waiting.isEmpty()) {
      if (!waiting.getFirst().isWanted()) {
        waiting.removeFirst();
        continue;
      }
      UpstreamConnection request = waiting.getFirst();
      boolean given = false;
      for (int i = 0; i < servers.size() && !given; i++) {
        given = servers.get(i).hasRoom() && servers.get(i).open(request);
      }
      if (!given) {
        if (opening == 0) {
          dial();
        }
        return;
      }
      waiting.removeFirst();
      request.tried(true);
    }
  }

  /** A connection has ended. */
  void lost(Http2Server server, boolean wasReady) {
    boolean wasListed = servers.remove(server);
    if (!wasReady) {
      if (wasListed) {
        notOpened();
      }
    } else if (!waiting.isEmpty() && opening == 0) {
      dial();
    }
  }

  /** Those that are there get no more requests. */
  void retire() {
    leaving = true;
    List<Http2Server> all = servers.stream().filter(Http2Server::isReady).toList();
    servers.removeAll(all); // the others when they are
    all.forEach(Http2Server::retire);
  }

  void tick(long now) {
    for (int i = servers.size() - 1; i >= 0; i--) {
      if (i < servers.size()) {
        servers.get(i).check(now);
      }
    }
  }
}
