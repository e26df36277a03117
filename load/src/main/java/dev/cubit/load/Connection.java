package dev.cubit.load;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One of the connections that a plan asks for, kept open until the load is over. Owned by its
 * loop's thread.
 *
 * <pre>
 *               open()             opened()
 *   CLOSED ────────────► OPENING ────────────► OPEN ──┐ the last allowed request was answered,
 *     ▲  ▲                  │ failed: an error,  │    │ or the server said Connection: close
 *     │  └── after a pause ─┘ then a pause       │    │
 *     └── lost(): all in flight are errors ──────┘    │
 *     └───────────────────────────────────────────────┘   … or DONE, where it may send no more
 * </pre>
 */
final class Connection {
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 200;

  final Loop loop;
  final Endpoint endpoint;

  /** Its number among all of the plan's connections. */
  final int number;

  final BodyCheck body;

  /** Planned starts that came while it was busy; per-connection pace only. */
  long due;

  /** Planned starts it has taken or left; per-connection pace only. */
  long slot;

  /** True once the loop has counted it among those that are done. */
  boolean counted;

  /** True while it waits in the loop's queue of free connections. */
  boolean queued;

  private final PreparedRequest[] requests;
  private final SplittableRandom random;
  private final Flight[] free;
  private final Flight[] all;
  private int freeCount;
  private int nextRequest;
  private int nextAddress;
  private @Nullable Wire wire;
  private boolean retiring;
  private long openingSince;
  private long sentOnWire;
  private long sentInAll;
  private int failedOpenings;
  private boolean triedOnce;
  private final boolean needsBody;

  Connection(Loop loop, int number, Endpoint endpoint, PreparedRequest[] requests) {
    this.loop = loop;
    this.number = number;
    this.endpoint = endpoint;
    this.requests = requests;
    this.random = new SplittableRandom(number);
    // so that connections do not all send the same request at the same time
    this.nextRequest = number % requests.length;
    this.needsBody = endpoint.requests().stream().anyMatch(r -> Check.needBody(r.checks()));
    this.body = new BodyCheck(needsBody);
    int pipelining = loop.plan.connections().pipelining();
    this.all = new Flight[pipelining];
    for (int i = 0; i < pipelining; i++) {
      all[i] = new Flight(requests[0]);
    }
    this.free = all.clone();
    this.freeCount = pipelining;
  }

  boolean isOpen() {
    return wire != null;
  }

  @SuppressWarnings("ReferenceEquality") // this very one is meant
  boolean isOn(Wire one) {
    return wire == one;
  }

  int inFlight() {
    return all.length - freeCount;
  }

  /** True where it may send no more, and has nothing to wait for. */
  boolean isDone() {
    return mayNotSendMore() && inFlight() == 0;
  }

  private boolean mayNotSendMore() {
    return sentInAll >= loop.maxRequestsEach;
  }

  boolean canSend() {
    return wire != null
        && freeCount > 0
        && !retiring
        && inFlight() < wire.limit()
        && !mayNotSendMore();
  }

  /** Begins to open it. */
  void open() {
    openingSince = System.nanoTime();
    if (endpoint.addresses().isEmpty()) {
      failedToOpen(
          ErrorKind.UNRESOLVED, "the name " + endpoint.host() + " does not resolve: check the URL");
      return;
    }
    var address = endpoint.addresses().get(nextAddress % endpoint.addresses().size());
    loop.connect(this, address)
        .addListener(
            (ChannelFuture f) -> {
              if (!f.isSuccess()) {
                refused(f.cause());
              }
            });
  }

  private void refused(Throwable cause) {
    nextAddress++;
    if (nextAddress < endpoint.addresses().size()) {
      open(); // the name's other address, IPv4 after IPv6 or the other way round
    } else if (cause instanceof ConnectTimeoutException) {
      failedToOpen(
          ErrorKind.CONNECT,
          "no connection to "
              + endpoint.name()
              + " within "
              + loop.plan.timeout().toMillis()
              + " ms");
    } else {
      failedToOpen(ErrorKind.CONNECT, "no connection to " + endpoint.name() + ": " + reason(cause));
    }
  }

  private static String reason(Throwable cause) {
    String message = TlsContext.rootMessage(cause);
    return message.contains("refused")
        ? "nothing listens there (connection refused)"
        : message.replaceFirst("^[a-zA-Z_]+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ", "");
  }

  private void failedToOpen(ErrorKind kind, String example) {
    nextAddress = 0;
    loop.failedToOpen(kind, example);
    tried();
    if (loop.opensAgain()) {
      long pause = FIRST_PAUSE_MILLIS << Math.min(failedOpenings++, 6);
      loop.later(Math.min(pause, LONGEST_PAUSE_MILLIS), this::openUnlessOver);
    }
  }

  /** Before the load begins each is tried once: that others take long is no more errors of it. */
  private void openUnlessOver() {
    if (loop.isOpening()) {
      loop.later(FIRST_PAUSE_MILLIS, this::openUnlessOver);
    } else if (loop.opensAgain()) {
      open();
    }
  }

  private void tried() {
    if (!triedOnce) {
      triedOnce = true;
      loop.tried();
    }
  }

  /** Called by its wire when requests can be sent. */
  void opened(Wire one) {
    failedOpenings = 0;
    wire = one;
    retiring = false;
    sentOnWire = 0;
    loop.tally.opened++;
    Tally.record(loop.tally.connectTime, System.nanoTime() - openingSince);
    tried();
    loop.free(this, System.nanoTime());
    flush();
  }

  /** Sends the next request. Only where {@link #canSend}. */
  void start(long plannedNanos, long now) {
    Flight flight = free[--freeCount];
    flight.plannedNanos = plannedNanos;
    flight.sentNanos = now;
    flight.request = next();
    flight.live = true;
    loop.inFlight++;
    sentInAll++;
    sentOnWire++;
    retiring = sentOnWire == loop.requestsBeforeReconnect;
    loop.tally.sent++;
    if (wire != null) {
      wire.send(flight);
    }
  }

  private PreparedRequest next() {
    if (requests.length == 1) {
      return requests[0];
    }
    if (loop.plan.order() == LoadPlan.Order.RANDOM) {
      return requests[random.nextInt(requests.length)];
    }
    PreparedRequest request = requests[nextRequest];
    nextRequest = nextRequest + 1 == requests.length ? 0 : nextRequest + 1;
    return request;
  }

  void flush() {
    if (wire != null) {
      wire.flush();
    }
  }

  /**
   * Called by its wire with a whole response.
   *
   * @param closes the connection cannot be used again
   * @param headers gives a header's value, "" where it is not there
   */
  void answered(
      Flight flight,
      int status,
      long bodyBytes,
      boolean closes,
      UnaryOperator<String> headers,
      BodyCheck body) {
    long now = System.nanoTime();
    loop.answered(flight, now, status, bodyBytes);
    var checks = flight.request.request().checks();
    if (!checks.isEmpty()) {
      loop.check(checks, status, headers, body);
      body.clear();
    }
    release(flight);
    if (closes || (retiring && inFlight() == 0)) {
      finishWire();
    } else {
      loop.free(this, now);
    }
  }

  /** Called by its wire after a request ended without an answer, and the connection goes on. */
  void freed() {
    if (retiring && inFlight() == 0) {
      finishWire();
    } else {
      loop.free(this, System.nanoTime());
    }
  }

  /** Sends no more on this wire; it is closed when what is in flight has ended. */
  void retire() {
    retiring = true;
  }

  /** Where a response body is collected that may come at the same time as others. */
  BodyCheck newBody() {
    return new BodyCheck(needsBody);
  }

  private void release(Flight flight) {
    flight.live = false;
    free[freeCount++] = flight;
    loop.inFlight--;
  }

  private void finishWire() {
    Wire used = wire;
    if (used != null) {
      used.close();
      wire = null;
      failInFlight(
          ErrorKind.CLOSED,
          "the server closed the connection and left pipelined requests without an answer");
      loop.closed(this);
    }
  }

  /** Called by its wire when the channel is gone or no longer to be trusted. */
  void lost(Wire one, ErrorKind kind, String example) {
    if (isOn(one)) {
      wire = null;
      body.clear();
      if (inFlight() > 0 && loop.isRunning()) {
        loop.tally.resets++;
      }
      failInFlight(kind, example);
      if (kind == ErrorKind.PROTOCOL && inFlightBefore == 0) {
        loop.failed(kind, example); // bytes that no one asked for
      }
      loop.closed(this);
    } else if (!isOpen()) {
      failedToOpen(kind == ErrorKind.CLOSED ? ErrorKind.CONNECT : kind, example);
    }
  }

  private int inFlightBefore;

  private void failInFlight(ErrorKind kind, String example) {
    inFlightBefore = inFlight();
    long now = System.nanoTime();
    for (Flight flight : all) {
      if (flight.live) {
        boolean late = now - flight.sentNanos >= loop.timeoutNanos;
        if (kind == ErrorKind.TIMEOUT && !late) {
          fail(flight, now, ErrorKind.CLOSED, "given up, as a request before it timed out");
        } else {
          fail(flight, now, kind, example);
        }
      }
    }
  }

  /** Ends a request without an answer. */
  void fail(Flight flight, long now, ErrorKind kind, String example) {
    loop.failedAfter(now - flight.plannedNanos);
    loop.failed(kind, example);
    release(flight);
  }

  /** Gives up what has waited longer than the plan allows. */
  void checkTimeouts(long now) {
    for (Flight flight : all) {
      Wire current = wire;
      if (flight.live && now - flight.sentNanos >= loop.timeoutNanos && current != null) {
        current.abandon(flight);
      }
    }
  }

  /** Closes it for good; what is in flight stays without an answer. */
  void end(long now) {
    for (Flight flight : all) {
      if (flight.live) {
        loop.tally.unanswered++;
        loop.failedAfter(now - flight.plannedNanos);
        release(flight);
      }
    }
    Wire last = wire;
    wire = null;
    if (last != null) {
      last.close();
    }
  }
}
