package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Balancer;
import dev.cubit.scale.gateway.balance.Candidate;
import dev.cubit.scale.gateway.balance.Candidates;
import dev.cubit.scale.gateway.balance.Outcome;
import dev.cubit.scale.gateway.balance.Question;
import dev.cubit.scale.topology.Balancing;
import dev.cubit.scale.topology.Partitioning.Range;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a service and its answer on the way back: what stands between a {@link
 * ClientConnection}, which has one for all of its requests, and an {@link UpstreamConnection}. Hot
 * path.
 *
 * <pre>
 *                       nobody is free
 *   FREE ──► READING ──┬─────────────► WAITING ──┐                             head of the answer
 *    ▲                 └─────────────────────────┴─► CONNECTING ──► ASKED ──┬──► ANSWERING ──┐
 *    │                                                ▲   │ failed    │     └──► TUNNEL ─────┤
 *    │                                                └───┴───────────┘       101            │
 *    │                                                 and may be repeated                   │
 *    └── whole, cut off, answered with a problem, or the client has gone ◄───────────────────┘
 * </pre>
 *
 * <p>The request's head is put together once, with the body that came along where it is small. A
 * repeat sends the same bytes. What may be repeated (RFC 9110, section 9.2.2; RFC 9112, section
 * 9.3.1): every request of which nothing was sent; of those that were sent whole without an answer,
 * the safe methods, and on a connection that had been used before also PUT and DELETE.
 */
final class Exchange implements Question, Caller, Line.Waiter {
  private enum Phase {
    FREE,
    READING,
    WAITING,
    CONNECTING,
    ASKED,
    ANSWERING,
    TUNNEL
  }

  private static final Candidate[] NOBODY = {};

  final ClientConnection client;
  final Worker worker;

  /** Of the request; the client's connection reads it. */
  final Body requestBody = new Body();

  private Phase phase = Phase.FREE;

  // the request
  private @Nullable LoopService service;
  private @Nullable Line line;
  private long keyHash;
  private Method method = Method.OTHER;

  /** Null where its service has none; then the key is there as well. */
  private @Nullable LoopPartition partition;

  private String key = "";
  private boolean wasMisdirected;
  private boolean http10;
  private boolean keepAlive;
  private boolean wantsWebSocket;
  private @Nullable ByteBuf out;
  private int outLength;
  private boolean streamed;
  private long began;
  private long bytesIn;
  private @Nullable AccessNote note;

  // the attempt
  private int attempts;
  private Candidate[] given = NOBODY;
  private @Nullable LoopEndpoint endpoint;
  private @Nullable UpstreamConnection upstream;
  private long attemptBegan;
  private long activity;

  // the answer
  private int status;
  private boolean closes;
  private long bytesOut;

  Exchange(ClientConnection client, Worker worker) {
    this.client = client;
    this.worker = worker;
  }

  // ---- the request

  /** Begins with a request's head that was read, before its bytes are overwritten. */
  void begin(LoopService to, RequestHead head, long now) {
    phase = Phase.READING;
    service = to;
    keyHash = to.keyHash();
    line = to.lineFor(head, keyHash);
    method = head.method;
    http10 = head.http10;
    keepAlive = head.keepAlive;
    wantsWebSocket = head.wantsWebSocket;
    streamed = false;
    began = now;
    attempts = 0;
    endpoint = null;
    partition = null;
    key = "";
    status = 0;
    closes = false;
    bytesOut = 0;
    if (head.chunked) {
      requestBody.chunked();
    } else {
      requestBody.length(Math.max(0, head.contentLength));
    }
    to.tally.begun();
    to.budget.request(now);
    note = worker.wantsAccess() ? AccessNote.of(head) : null;
  }

  /** Says whose it is, after it was begun. */
  void keyed(LoopPartition owner, String itsKey) {
    key = itsKey;
    wasMisdirected = false;
    owner.sketch.record(itsKey);
    enter(owner);
  }

  private void enter(LoopPartition owner) {
    partition = owner;
    line = owner.line;
    owner.tally.begun();
  }

  /** Gives it to somebody: a head, and what of the body came along, put together already. */
  void start(Outgoing head, ByteBuf body, int bodyFrom, int bodyLength) {
    int length = head.length + bodyLength;
    ByteBuf buffer = out;
    if (buffer == null || buffer.refCnt() > 1 || buffer.capacity() < length) {
      releaseOut();
      buffer = worker.buffer(length);
      out = buffer;
    }
    buffer.setIndex(0, 0);
    buffer.writeBytes(head.bytes, 0, head.length);
    buffer.writeBytes(body, bodyFrom, bodyLength);
    outLength = length;
    bytesIn = length;
    dispatch(began);
  }

  private void dispatch(long now) {
    LoopService to = Objects.requireNonNull(service);
    Line of = Objects.requireNonNull(line);
    int picked = to.balancer.pick(of.candidates, this);
    if (picked != Balancer.NOBODY) {
      give((LoopEndpoint) of.candidates.get(picked), now);
    } else if (to.enqueue(this, of)) {
      phase = Phase.WAITING;
    } else {
      shed(to);
    }
  }

  @Override
  public boolean leavesQueue() {
    Candidates candidates = Objects.requireNonNull(line).candidates;
    int picked = Objects.requireNonNull(service).balancer.pick(candidates, this);
    if (picked == Balancer.NOBODY) {
      return false;
    }
    give((LoopEndpoint) candidates.get(picked), System.nanoTime());
    worker.flush();
    return true;
  }

  private void give(LoopEndpoint to, long now) {
    attemptBegan = now;
    activity = now;
    boolean again = wasGivenTo(to);
    if (given.length <= attempts) {
      given = Arrays.copyOf(given, attempts + 2);
    }
    given[attempts++] = to;
    endpoint = to;
    to.given(now);
    phase = Phase.CONNECTING;
    UpstreamConnection connection = to.connection(this, again, method.isIdempotent, now);
    upstream = connection;
    if (connection.isOpen()) {
      send(connection);
    }
  }

  @Override
  public void askAnew() {
    if (phase == Phase.WAITING && enterOwner(System.nanoTime())) {
      dispatch(System.nanoTime());
      worker.flush();
    }
  }

  @Override
  public void connected(UpstreamConnection connection) {
    send(connection);
    worker.flush();
  }

  private void send(UpstreamConnection connection) {
    phase = Phase.ASKED;
    ByteBuf buffer = Objects.requireNonNull(out);
    if (buffer.refCnt() > 1) { // still on its way on the connection that failed
      ByteBuf copy = worker.buffer(outLength);
      copy.writeBytes(buffer, 0, outLength);
      releaseOut();
      out = copy;
      buffer = copy;
    }
    buffer.setIndex(0, outLength);
    connection.write(buffer.retain());
    if (!requestBody.isDone()) {
      client.goOn();
    }
  }

  /** Whether body bytes have somewhere to go. */
  boolean takesBody() {
    return phase == Phase.ASKED || phase == Phase.ANSWERING || phase == Phase.TUNNEL;
  }

  /**
   * Sends bytes of the request on.
   *
   * @return false where the service does not keep up
   */
  boolean toService(ByteBuf bytes) {
    UpstreamConnection to = upstream;
    if (to == null) {
      bytes.release();
      return true;
    }
    streamed = true;
    bytesIn += bytes.readableBytes();
    activity = System.nanoTime();
    to.write(bytes);
    return to.isWritable();
  }

  /** Whether the service takes what it is sent. */
  boolean keepsUp() {
    UpstreamConnection to = upstream;
    return to == null || !takesBody() || to.isWritable();
  }

  // ---- the answer

  @Override
  public boolean isSentWhole() {
    return requestBody.isDone();
  }

  @Override
  public void goOn() {
    client.goOn();
  }

  @Override
  public void interim(ResponseHead head, UpstreamConnection from) {
    activity = System.nanoTime();
    if (!http10) { // RFC 9110, section 15.2
      worker.outgoing.clear();
      worker.responseWriter.write(worker.outgoing, head, false, ResponseWriter.Connection.GOES_ON);
      toClient(from.ownBuffer(worker.outgoing.length, 0));
    }
  }

  @Override
  public boolean mayUpgrade(ResponseHead head) {
    return wantsWebSocket && head.upgradesToWebSocket;
  }

  @Override
  public boolean isHead() {
    return method == Method.HEAD;
  }

  @Override
  public boolean wantsNoChunks() {
    return http10;
  }

  // RFC 9110, section 15.5.20: it was not done, so that any method may be repeated
  @Override
  public boolean mayAskElsewhere() {
    LoopPartition asked = partition;
    if (asked == null || service == null || wasMisdirected || streamed || !requestBody.isDone()) {
      return false;
    }
    LoopPartition owner = ownerNow();
    return owner != null && (owner != asked || hasAnother(owner));
  }

  private boolean hasAnother(LoopPartition owner) {
    for (int i = 0; i < owner.candidates.size(); i++) {
      Candidate other = owner.candidates.get(i);
      if (other.isFree() && !wasGivenTo(other)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable LoopPartition ownerNow() {
    LoopPartitions by = service == null ? null : service.partitions;
    return by != null && !key.isEmpty() && by.owner(key) instanceof LoopPartitions.Goal.Owner owner
        ? owner.partition()
        : null;
  }

  @Override
  public void askElsewhere() {
    long now = System.nanoTime();
    wasMisdirected = true;
    upstream = null;
    status = 421;
    attemptEnded(Outcome.ANSWERED, now);
    if (enterOwner(now)) {
      dispatch(now);
    }
  }

  /** Goes over to whom the key belongs now; false: to nobody, which is answered. */
  private boolean enterOwner(long now) {
    LoopService of = Objects.requireNonNull(service);
    LoopPartition before = partition;
    LoopPartition owner = ownerNow();
    if (owner != null && owner == before) {
      return true;
    }
    leavePartition(Outcome.ANSWERED, status == 421, now);
    if (owner != null) {
      enter(owner);
      return true;
    }
    if (of.partitions == null) {
      line = of.current(Objects.requireNonNull(line));
      return true;
    }
    boolean hasKey = !key.isEmpty();
    problem(
        hasKey ? 404 : 503,
        hasKey
            ? "no partition of the service has the key"
            : "the service has got partitions meanwhile: ask again",
        Outcome.CANCELLED);
    return false;
  }

  private void leavePartition(Outcome outcome, boolean counted, long now) {
    LoopPartition of = partition;
    if (of == null) {
      return;
    }
    partition = null;
    of.tally.left(bytesIn, bytesOut);
    if (counted) {
      of.tally.ended(outcome, status, now - began);
    }
  }

  @Override
  public void answer(ResponseHead head, Body body) {
    status = head.status;
    boolean unframed = body.endsWithConnection() || (head.chunked && http10 && !body.isDone());
    closes = !keepAlive || unframed || !requestBody.isDone() || worker.isClosing();
    boolean framed = status >= 200 && status != 204 && !(head.chunked && http10);
    worker.outgoing.clear();
    worker.responseWriter.write(
        worker.outgoing,
        head,
        framed,
        status == 101
            ? ResponseWriter.Connection.UPGRADES
            : ResponseWriter.Connection.of(closes, http10));
    LoopEndpoint by = endpoint;
    if (by != null) {
      byte[] cookie = by.service.cookieFor(by, keyHash);
      if (cookie.length > 0) { // in front of the empty line that ends the head
        worker.outgoing.length -= Bytes.CRLF.length;
        worker.outgoing.put(cookie).put(Bytes.CRLF);
      }
    }
  }

  @Override
  public void answering() {
    phase = status == 101 ? Phase.TUNNEL : Phase.ANSWERING;
    if (phase == Phase.TUNNEL) {
      client.tunnel();
    }
  }

  @Override
  public void toClient(ByteBuf bytes) {
    bytesOut += bytes.readableBytes();
    client.write(bytes);
    UpstreamConnection from = upstream;
    if (from != null && !client.isWritable()) {
      from.reading(false);
    }
  }

  @Override
  public void active() {
    activity = System.nanoTime();
  }

  /** The client keeps up again. */
  void clientIsWritable() {
    UpstreamConnection from = upstream;
    if (from != null) {
      from.reading(true);
    }
  }

  @Override
  public void done(long now) {
    upstream = null;
    attemptEnded(Outcome.ANSWERED, now);
    ended(Outcome.ANSWERED, now);
    client.answered(closes || !requestBody.isDone(), now);
  }

  // ---- what goes wrong

  @Override
  public void failed(Outcome outcome, boolean wasReused) {
    long now = System.nanoTime();
    boolean begun = phase == Phase.ANSWERING || phase == Phase.TUNNEL;
    boolean unsent = phase == Phase.CONNECTING;
    upstream = null;
    attemptEnded(outcome, now);
    if (begun) {
      boolean tunnel = phase == Phase.TUNNEL;
      ended(tunnel ? Outcome.ANSWERED : outcome, now);
      client.cutOff(tunnel);
    } else if (mayRepeat(outcome, unsent, wasReused, now)) {
      if (enterOwner(now)) { // the map may have become another one meanwhile
        dispatch(now);
      }
    } else {
      String name = service == null ? "" : service.name;
      if (outcome == Outcome.TIMED_OUT) {
        problem(504, "the service " + name + " did not answer in time", outcome);
      } else {
        problem(502, "the service " + name + " could not be asked", outcome);
      }
    }
  }

  private boolean mayRepeat(Outcome outcome, boolean unsent, boolean wasReused, long now) {
    LoopService of = service;
    if (of == null) {
      return false;
    }
    boolean whole = !streamed && requestBody.isDone();
    boolean harmless =
        unsent
            || (outcome == Outcome.RESET
                && whole
                && (method.isSafe || (wasReused && method.isIdempotent)));
    Balancing.Retries retries = of.balancing().retries();
    boolean repeats =
        harmless && attempts < retries.attempts() && of.budget.take(retries.budget(), now);
    of.tally.repeats += repeats ? 1 : 0;
    return repeats;
  }

  private void shed(LoopService to) {
    to.tally.shed++;
    if (partition != null) {
      partition.tally.shed++;
    }
    unavailable("too many requests wait for the service");
  }

  private void unavailable(String why) {
    LoopService of = Objects.requireNonNull(service);
    of.tally.unavailable++;
    if (partition != null) {
      partition.tally.unavailable++;
    }
    long now = System.nanoTime();
    status = 503;
    finish(Outcome.CANCELLED, now, false);
    client.problem(503, why, of.name, method == Method.HEAD, closesAfterProblem());
  }

  private void problem(int with, String why, Outcome outcome) {
    String name = service == null ? "" : service.name;
    status = with;
    ended(outcome, System.nanoTime());
    client.problem(with, why, name, method == Method.HEAD, closesAfterProblem());
  }

  private boolean closesAfterProblem() {
    return !keepAlive || !requestBody.isDone() || worker.isClosing();
  }

  /** Whether the head of an answer has gone out. */
  boolean isAnswered() {
    return phase == Phase.ANSWERING;
  }

  /** Whether it is for one of these keys, and somebody of the service has it. */
  @SuppressWarnings("ReferenceEquality") // this very one
  boolean isUnderWay(LoopService of, Range keys) {
    return switch (phase) {
      case FREE, READING, WAITING -> false;
      case CONNECTING, ASKED, ANSWERING, TUNNEL -> service == of && keys.contains(key);
    };
  }

  /** Whether no request is under way. */
  boolean isFree() {
    return phase == Phase.FREE;
  }

  /**
   * Nobody waits for the answer any longer.
   *
   * @param instead what the client is answered in its place; 0: nothing
   * @return whether the client has got nothing of an answer yet
   */
  boolean cancel(int instead) {
    if (phase == Phase.FREE) {
      return true;
    }
    boolean nothing = phase != Phase.ANSWERING && phase != Phase.TUNNEL;
    Outcome outcome = phase == Phase.TUNNEL ? Outcome.ANSWERED : Outcome.CANCELLED;
    leaveLine();
    long now = System.nanoTime();
    status = nothing ? instead : status;
    dropAttempt(outcome, now);
    ended(outcome, now);
    return nothing;
  }

  private void leaveLine() {
    if (phase == Phase.WAITING && line != null) {
      line.leave(this);
    }
  }

  private void dropAttempt(Outcome outcome, long now) {
    UpstreamConnection from = upstream;
    upstream = null;
    if (from != null) {
      from.abandon();
      attemptEnded(outcome, now);
    }
  }

  /** Looks at the times, some times a second. */
  void check(long now) {
    if (phase == Phase.FREE || service == null) {
      return;
    }
    Balancing.Timeouts timeouts = service.balancing().timeouts();
    long quiet = now - activity;
    switch (phase) {
      case WAITING -> {
        if (now - began > timeouts.request().toNanos()) {
          leaveLine();
          unavailable("no instance of the service was free in time");
        }
      }
      case ASKED -> {
        // while the client is still sending, its connection looks at the time
        boolean ours = requestBody.isDone() || !client.isReading();
        if (ours && quiet > timeouts.request().toNanos()) {
          timedOut();
        }
      }
      case ANSWERING, TUNNEL -> {
        if (quiet > timeouts.idle().toNanos()) {
          timedOut();
        }
      }
      case FREE, READING, CONNECTING -> {} // the connection has a timeout of its own
    }
  }

  private void timedOut() {
    UpstreamConnection from = upstream;
    if (from != null) {
      from.abandon();
    }
    failed(Outcome.TIMED_OUT, false);
  }

  // ---- counting

  private void attemptEnded(Outcome outcome, long now) {
    LoopEndpoint of = endpoint;
    if (of == null) {
      return;
    }
    of.attemptEnded(outcome, status, bytesIn, bytesOut, now - attemptBegan, now);
  }

  private void ended(Outcome outcome, long now) {
    finish(outcome, now, true);
  }

  private void finish(Outcome outcome, long now, boolean counted) {
    LoopService of = service;
    if (of == null) {
      return;
    }
    phase = Phase.FREE;
    leavePartition(outcome, counted, now);
    of.tally.left(bytesIn, bytesOut);
    if (counted) {
      of.tally.ended(outcome, status, now - began);
    }
    if (attempts > 1) {
      Arrays.fill(given, null);
    }
    AccessNote about = note;
    if (about != null) {
      note = null;
      worker.access(
          about.access(
              client.address(),
              of.name,
              endpoint == null ? "" : endpoint.name(),
              attempts,
              status,
              bytesIn,
              bytesOut,
              now - began));
    }
  }

  /** The client's connection has ended for good. */
  void release() {
    releaseOut();
  }

  private void releaseOut() {
    if (out != null) {
      out.release();
      out = null;
    }
  }

  // ---- what a balancer may ask

  @Override
  public long keyHash() {
    return keyHash;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // this very one
  public boolean wasGivenTo(Candidate candidate) {
    for (int i = 0; i < attempts && i < given.length; i++) {
      if (given[i] == candidate) {
        return true;
      }
    }
    return false;
  }

  @Override
  public long nowNanos() {
    return attempts == 0 ? began : System.nanoTime();
  }
}
