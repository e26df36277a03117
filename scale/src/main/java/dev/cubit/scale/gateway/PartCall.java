package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Balancer;
import dev.cubit.scale.gateway.balance.Candidate;
import dev.cubit.scale.gateway.balance.Outcome;
import dev.cubit.scale.gateway.balance.Question;
import dev.cubit.scale.topology.Balancing;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One partition's part of a {@link FanOut}: asks it, and keeps what it answers. Owned by the event
 * loop.
 *
 * <pre>
 *   WAITING ──► ASKED ──► ANSWERED
 *      │          │ failed: another endpoint is asked, else
 *      └──────────┴─────► MISSING
 * </pre>
 */
final class PartCall implements Caller, Question, Line.Waiter {
  private static final byte[] LINK = Bytes.of("link");
  private static final byte[] CONTENT_TYPE = Bytes.of("content-type");

  /** What is passed on of an answer that is passed on as it is. */
  private static final byte[][] PASSED_ON = {
    CONTENT_TYPE, Bytes.of("location"), Bytes.of("www-authenticate")
  };

  private enum Phase {
    WAITING,
    ASKED,
    ANSWERED,
    MISSING
  }

  final LoopPartition partition;
  private final FanOut fanOut;
  private final LoopService service;
  private final Worker worker;
  private final long began;
  private final long keyHash;
  private final List<Candidate> given = new ArrayList<>();
  private Phase phase = Phase.WAITING;
  private @Nullable LoopEndpoint endpoint;
  private @Nullable UpstreamConnection upstream;
  private long attemptBegan;
  private Outcome outcome = Outcome.ANSWERED;

  // the answer
  private int status;
  private String statusLine = "";
  private String fields = "";
  private boolean more;
  private byte[] body = new byte[0];
  private int length;

  /**
   * Not begun yet.
   *
   * @param keyHash what the service's policy hashes, of the request; 0: nothing
   */
  PartCall(
      FanOut fanOut,
      LoopService service,
      Worker worker,
      LoopPartition partition,
      long keyHash,
      long now) {
    this.fanOut = fanOut;
    this.service = service;
    this.worker = worker;
    this.partition = partition;
    this.keyHash = keyHash;
    this.began = now;
  }

  // ---- asking

  void begin() {
    partition.tally.begun();
    dispatch(began);
  }

  private void dispatch(long now) {
    int picked = service.balancer.pick(partition.candidates, this);
    if (picked != Balancer.NOBODY) {
      give((LoopEndpoint) partition.candidates.get(picked), now);
    } else if (!fanOut.isStrict() && !partition.candidates.hasAsked()) {
      unavailable(now);
    } else if (service.enqueue(this, partition.line)) {
      phase = Phase.WAITING;
    } else {
      partition.tally.shed++;
      unavailable(now);
    }
  }

  private void unavailable(long now) {
    partition.tally.unavailable++;
    miss(Outcome.UNREACHABLE, now);
  }

  @Override
  public boolean leavesQueue() {
    int picked = service.balancer.pick(partition.candidates, this);
    if (picked == Balancer.NOBODY) {
      return false;
    }
    give((LoopEndpoint) partition.candidates.get(picked), System.nanoTime());
    worker.flush();
    return true;
  }

  @Override
  public void askAnew() {
    if (phase == Phase.WAITING) {
      if (isThere()) {
        dispatch(System.nanoTime());
      } else {
        miss(Outcome.UNREACHABLE, System.nanoTime());
      }
    }
  }

  /** Whether the map still has the partition. */
  private boolean isThere() {
    LoopPartitions by = service.partitions;
    return by != null && by.all().contains(partition);
  }

  private void give(LoopEndpoint to, long now) {
    boolean again = given.contains(to);
    given.add(to);
    phase = Phase.ASKED;
    attemptBegan = now;
    endpoint = to;
    to.given(now);
    UpstreamConnection connection = to.connection(this, again, true, now);
    upstream = connection;
    if (connection.isOpen()) {
      send(connection);
    }
  }

  private void send(UpstreamConnection connection) {
    byte[] request = fanOut.request();
    connection.write(worker.buffer(request.length).writeBytes(request));
  }

  @Override
  public void connected(UpstreamConnection connection) {
    send(connection);
    worker.flush();
  }

  @Override
  public boolean isSentWhole() {
    return true;
  }

  @Override
  public void goOn() {}

  // ---- the answer

  @Override
  public void interim(ResponseHead head, UpstreamConnection from) {}

  @Override
  public boolean mayUpgrade(ResponseHead head) {
    return false;
  }

  @Override
  public boolean isHead() {
    return false;
  }

  @Override
  public boolean wantsNoChunks() {
    return true;
  }

  @Override
  public boolean mayAskElsewhere() {
    return false;
  }

  @Override
  public void askElsewhere() {}

  @Override
  public void answer(ResponseHead head, Body of) {
    worker.outgoing.clear();
    status = head.status;
    statusLine = Bytes.text(head.bytes, head.statusFrom, head.reasonTo);
    more = false;
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < head.count; i++) {
      for (byte[] name : PASSED_ON) {
        if (Bytes.is(head.bytes, head.nameFrom[i], head.nameTo[i], name)) {
          lines.append(Bytes.text(head.bytes, head.nameFrom[i], head.lineTo[i]));
        }
      }
      if (Bytes.is(head.bytes, head.nameFrom[i], head.nameTo[i], LINK)) {
        String link = Bytes.text(head.bytes, head.valueFrom[i], head.valueTo[i]);
        more |= link.contains("rel=\"next\"") || link.contains("rel=next");
      }
    }
    fields = lines.toString();
  }

  @Override
  public void answering() {}

  @Override
  public void toClient(ByteBuf bytes) {
    int n = bytes.readableBytes();
    try {
      if (phase == Phase.ASKED && fanOut.keeps(n)) {
        if (body.length - length < n) {
          body = Arrays.copyOf(body, Math.max(2 * length, length + n));
        }
        bytes.readBytes(body, length, n);
        length += n;
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void active() {}

  @Override
  public void done(long now) {
    upstream = null;
    if (isOver()) {
      return;
    }
    attemptEnded(Outcome.ANSWERED, now);
    phase = Phase.ANSWERED;
    partitionEnded(Outcome.ANSWERED, now);
    fanOut.partEnded();
  }

  // ---- what goes wrong

  @Override
  public void failed(Outcome how, boolean wasReused) {
    long now = System.nanoTime();
    upstream = null;
    if (isOver()) {
      return;
    }
    attemptEnded(how, now);
    Balancing.Retries retries = service.balancing().retries();
    boolean harmless = how == Outcome.UNREACHABLE || how == Outcome.RESET;
    if (harmless
        && isThere()
        && given.size() < retries.attempts()
        && service.budget.take(retries.budget(), now)) {
      service.tally.repeats++;
      fanOut.forgets(length);
      length = 0;
      dispatch(now);
    } else {
      miss(how, now);
    }
  }

  private void miss(Outcome how, long now) {
    phase = Phase.MISSING;
    outcome = how;
    partitionEnded(how, now);
    fanOut.partEnded();
  }

  void check(long now) {
    if (!isOver() && now - began > service.balancing().timeouts().request().toNanos()) {
      drop(Outcome.TIMED_OUT, now);
      miss(Outcome.TIMED_OUT, now);
    }
  }

  /** Nobody waits for it any longer. */
  void cancel(long now) {
    if (!isOver()) {
      drop(Outcome.CANCELLED, now);
      phase = Phase.MISSING;
      partitionEnded(Outcome.CANCELLED, now);
    }
  }

  private void drop(Outcome how, long now) {
    if (phase == Phase.WAITING) {
      partition.line.leave(this);
    }
    UpstreamConnection from = upstream;
    upstream = null;
    if (from != null) {
      from.abandon();
      attemptEnded(how, now);
    }
  }

  private void attemptEnded(Outcome how, long now) {
    LoopEndpoint of = endpoint;
    endpoint = null;
    if (of != null) {
      of.attemptEnded(how, status, fanOut.request().length, length, now - attemptBegan, now);
    }
  }

  private void partitionEnded(Outcome how, long now) {
    partition.tally.left(fanOut.request().length, length);
    partition.tally.ended(how, status, now - began);
  }

  // ---- what it has brought

  private boolean isOver() {
    return phase == Phase.ANSWERED || phase == Phase.MISSING;
  }

  /**
   * Whether the partition has no say: it did not answer, or with nothing that is about the request.
   */
  boolean isMissing() {
    return phase != Phase.ANSWERED || status >= 500 || isFailure() || hasNoList();
  }

  /** Whether it says that the request is not in order, which is for the client to know. */
  boolean isRefusal() {
    return phase == Phase.ANSWERED && status >= 300 && status < 500 && !isFailure();
  }

  private boolean isFailure() {
    return status == 408 || status == 421 || status == 425 || status == 429;
  }

  private boolean hasNoList() {
    return status < 300 && status != 200 && status != 204;
  }

  /** What the client is told where the partition is missing. */
  int problemStatus() {
    return phase == Phase.ANSWERED || outcome == Outcome.MALFORMED
        ? 502
        : outcome == Outcome.TIMED_OUT ? 504 : 503;
  }

  Outcome outcome() {
    return outcome;
  }

  int attempts() {
    return given.size();
  }

  int status() {
    return status;
  }

  String statusLine() {
    return statusLine;
  }

  /** Lines that end with CRLF. */
  String fields() {
    return fields;
  }

  boolean more() {
    return more;
  }

  byte[] json() {
    return status == 204 ? Bytes.of("[]") : body();
  }

  byte[] body() {
    return Arrays.copyOf(body, length);
  }

  // ---- what a balancer may ask

  @Override
  public long keyHash() {
    return keyHash;
  }

  @Override
  public boolean wasGivenTo(Candidate candidate) {
    return given.contains(candidate);
  }

  @Override
  public long nowNanos() {
    return System.nanoTime();
  }
}
