package dev.cubit.scale.gateway;

import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.Partitioning.Range;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection. Owned by one event loop, with all that its requests need. Hot path.
 *
 * <pre>
 *             head whole            body whole           answered
 *   IDLE ──┬──────────────► BODY ──────────────► WAIT ─────────────► IDLE
 *    │     └► HEAD ──►│       │                   │                    (next request; held back
 *    │     (in pieces)│       │                   └── 101 ──► TUNNEL    bytes are read first)
 *    │                └───────┴── refused, or the last answer ──► LINGER ──► closed
 *    └── idle for long ──► closed
 * </pre>
 *
 * <p>Requests that come before the one in front is answered wait as bytes: the next is read when
 * the answer is out, so answers are in order. LINGER: all is said; what the client still sends is
 * read and thrown away for a while, as closing with unread bytes would tear down the answer as well
 * (RFC 9112, section 9.6). A client that closes has gone: its request is not answered any more.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {
  /** Of a body that comes with its head, so much is copied behind it, and can be sent again. */
  private static final int COPIED_BYTES = 16 << 10;

  private static final long LINGER_NANOS = 2_000_000_000L;

  /** While the gateway closes: who has asked nothing for so long will not be cut off by it. */
  private static final long QUIET_NANOS = 100_000_000L;

  private static final byte[] NO_FIELDS = {};
  private static final byte[] CHALLENGE = Bytes.of("www-authenticate: Bearer\r\n");
  private static final byte[] RETRY_AFTER = Bytes.of("retry-after: 1\r\n");

  private enum State {
    IDLE,
    HEAD,
    BODY,
    WAIT,
    TUNNEL,
    LINGER,
    OVER
  }

  /** Where its loop has it among all; the loop's. */
  int index;

  private final Worker worker;
  private final Peer peer;
  private final Exchange exchange;
  private final HeadReader heads = new HeadReader();
  private State state = State.IDLE;
  private @Nullable ChannelHandlerContext context;
  private @Nullable FanOut fanOut;
  private @Nullable ByteBuf held;
  private long since;
  private boolean reads = true;

  ClientConnection(Worker worker, Peer peer) {
    this.worker = worker;
    this.peer = peer;
    this.exchange = new Exchange(this, worker);
    this.since = System.nanoTime();
  }

  // ---- what comes

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    worker.add(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (held != null) {
        hold(in);
      } else {
        receive(in);
      }
    } finally {
      in.release();
    }
  }

  private void receive(ByteBuf in) {
    try {
      boolean goesOn = true;
      while (goesOn && in.isReadable()) {
        goesOn =
            switch (state) {
              case IDLE, HEAD -> readHead(in);
              case BODY -> readBody(in);
              case WAIT -> hold(in);
              case TUNNEL -> pass(in);
              case LINGER, OVER -> false;
            };
      }
    } catch (BadMessage e) {
      refuse(e.status(), e.sentence());
    }
  }

  private boolean readHead(ByteBuf in) throws BadMessage {
    RequestHead head = worker.requestHead;
    if (!heads.read(in, head, worker.scratch)) {
      if (state == State.IDLE) {
        state = State.HEAD;
        since = System.nanoTime();
      }
      return false;
    }
    state = State.WAIT;
    since = System.nanoTime();
    request(head, in);
    return true;
  }

  private void request(RequestHead head, ByteBuf in) throws BadMessage {
    long mostBody = worker.limits.bodyBytes();
    if (mostBody > 0 && head.contentLength > mostBody) {
      throw tooLarge(mostBody);
    }
    RequestPath path = worker.path;
    path.of(head);
    RoutingTable.Match match = worker.match;
    worker.table().find(head, path, match);
    switch (match.goal) {
      case RoutingTable.Goal.ToService to -> {
        LoopService service = worker.service(to.service());
        long wait = service.secondsUntilAllowed(this, since);
        if (wait > 0) {
          limited(head, service, wait);
          return;
        }
        LoopPartitions partitions = service.partitions;
        if (partitions != null) {
          partitioned(
              service, partitions, head, path, to.strip() ? match.prefixEnd : path.from, in);
          return;
        }
        exchange.begin(service, head, since);
        worker.outgoing.clear();
        worker.requestWriter.write(
            worker.outgoing,
            head,
            path,
            to.strip() ? match.prefixEnd : path.from,
            service.nameBytes,
            peer);
        start(in);
      }
      case RoutingTable.Goal.Elsewhere to -> {
        String rest = Bytes.text(path.bytes, match.prefixEnd, path.to);
        String query = Bytes.text(head.bytes, head.queryFrom, head.targetTo);
        bare(head, to.status(), Bytes.of("location: " + to.to() + rest + query + "\r\n"));
      }
      case null -> unrouted(head, match);
    }
  }

  /** Sends it to whom its key belongs, or, without a key, to all. */
  private void partitioned(
      LoopService service,
      LoopPartitions partitions,
      RequestHead head,
      RequestPath path,
      int prefixEnd,
      ByteBuf in)
      throws BadMessage {
    switch (partitions.goal(worker.keyPlaces.begin())) {
      case LoopPartitions.Goal.Owner(LoopPartition owner, String key) -> {
        exchange.begin(service, head, since);
        exchange.keyed(owner, key);
        worker.outgoing.clear();
        worker.requestWriter.write(worker.outgoing, head, path, prefixEnd, service.nameBytes, peer);
        start(in);
      }
      case LoopPartitions.Goal.All all -> {
        if (FanOut.takes(head)) {
          fanOut = new FanOut(this, worker, service, partitions, head, since);
          fanOut.start(head, path, prefixEnd, peer);
        } else {
          String place = partitions.table.place();
          nowhere(head, 400, "the request has no key, which is wanted in " + place, service);
        }
      }
      case LoopPartitions.Goal.Nowhere(int status, String sentence) ->
          nowhere(head, status, sentence, service);
    }
  }

  private void limited(RequestHead head, LoopService service, long seconds) {
    byte[] after = Bytes.of("retry-after: " + seconds + "\r\n");
    boolean headOnly = head.method == Method.HEAD;
    own(429, "too many requests", service.name, after, headOnly, lastOf(head));
    tell(429, head);
  }

  private void nowhere(RequestHead head, int status, String sentence, LoopService service) {
    byte[] fields = status == 401 ? CHALLENGE : NO_FIELDS;
    own(status, sentence, service.name, fields, head.method == Method.HEAD, lastOf(head));
    tell(status, head);
  }

  /** Whether its request is for one of these keys, and somebody of the service has it. */
  boolean hasUnderWay(LoopService of, Range keys) {
    return exchange.isUnderWay(of, keys);
  }

  /** What all partitions were asked is answered with a problem. */
  void fanOutFailed(int status, String detail, String service, boolean headOnly, boolean last) {
    fanOut = null;
    problem(status, detail, service, headOnly, last);
  }

  /** What all partitions were asked is answered. */
  void fanOutEnded(boolean last) {
    fanOut = null;
    answered(last, System.nanoTime());
    worker.flush();
  }

  private void unrouted(RequestHead head, RoutingTable.Match match) {
    boolean ends = lastOf(head);
    boolean headOnly = head.method == Method.HEAD;
    String others = match.otherMethods;
    if (head.isAsterisk) {
      bare(head, 204, NO_FIELDS);
    } else if (others != null) {
      byte[] allow = Bytes.of("allow: " + others + "\r\n");
      own(405, "no service takes this method here", "", allow, headOnly, ends);
      tell(405, head);
    } else {
      own(404, "no service is routed here", "", NO_FIELDS, headOnly, ends);
      tell(404, head);
    }
  }

  /** Whether the answer to it is the last one: also where a body would have to be read first. */
  private boolean lastOf(RequestHead head) {
    return !head.keepAlive || head.chunked || head.contentLength > 0 || worker.isClosing();
  }

  private void start(ByteBuf in) throws BadMessage {
    Body body = exchange.requestBody;
    int from = in.readerIndex();
    if (!body.isDone() && in.readableBytes() <= COPIED_BYTES) {
      passBody(in);
    }
    state = body.isDone() ? State.WAIT : State.BODY;
    exchange.start(worker.outgoing, in, from, in.readerIndex() - from);
  }

  private boolean readBody(ByteBuf in) throws BadMessage {
    if (!exchange.takesBody()) {
      return hold(in);
    }
    int from = in.readerIndex();
    passBody(in);
    since = System.nanoTime();
    if (exchange.requestBody.isDone()) {
      state = State.WAIT;
    }
    if (!exchange.toService(worker.part(in, from, in.readerIndex() - from))) {
      reading(false);
    }
    return true;
  }

  private void passBody(ByteBuf in) throws BadMessage {
    exchange.requestBody.pass(in);
    long most = worker.limits.bodyBytes();
    if (most > 0 && exchange.requestBody.passed() > most) {
      throw tooLarge(most);
    }
  }

  private static BadMessage tooLarge(long most) {
    return new BadMessage(413, "the body is longer than " + most + " bytes");
  }

  private boolean pass(ByteBuf in) {
    if (!exchange.toService(worker.rest(in))) {
      reading(false);
    }
    return false;
  }

  /** Keeps bytes until their time has come. */
  private boolean hold(ByteBuf in) {
    ByteBuf more = worker.rest(in);
    ByteBuf before = held;
    if (before == null) {
      held = more;
    } else if (before instanceof CompositeByteBuf several) {
      several.addComponent(true, more);
    } else {
      CompositeByteBuf several = more.alloc().compositeBuffer(64);
      several.addComponent(true, before).addComponent(true, more);
      held = several;
    }
    reading(false);
    return false;
  }

  /** Reads on: there is room for the body, or the answer before is out. */
  void goOn() {
    ByteBuf in = held;
    held = null;
    if (in != null) {
      try {
        receive(in);
      } finally {
        in.release();
      }
    }
    boolean passesOn = state == State.BODY || state == State.TUNNEL;
    if (held == null && !(passesOn && !exchange.keepsUp())) {
      reading(true);
    }
  }

  private void reading(boolean wanted) {
    ChannelHandlerContext ctx = context;
    if (reads != wanted && ctx != null) {
      reads = wanted;
      ctx.channel().config().setAutoRead(wanted);
    }
  }

  boolean isReading() {
    return reads;
  }

  // ---- what goes out

  void write(ByteBuf bytes) {
    ChannelHandlerContext ctx = context();
    ctx.write(bytes, ctx.voidPromise());
    worker.toFlush(ctx.channel());
  }

  boolean isWritable() {
    return context().channel().isWritable();
  }

  /** The answer is out. */
  void answered(boolean wasLast, long now) {
    if (wasLast) {
      linger();
      return;
    }
    state = State.IDLE;
    since = now;
    goOn();
  }

  /** From here on bytes go both ways as they are. */
  void tunnel() {
    state = State.TUNNEL;
    goOn();
  }

  /** An answer of the gateway's own, in the place of the service's. */
  void problem(int status, String detail, String service, boolean headOnly, boolean last) {
    own(status, detail, service, status == 503 ? RETRY_AFTER : NO_FIELDS, headOnly, last);
    worker.flush();
  }

  private void own(
      int status, String detail, String service, byte[] fields, boolean headOnly, boolean last) {
    worker.outgoing.clear();
    Problem.write(
        worker.outgoing,
        worker.responseWriter,
        status,
        detail,
        service,
        fields,
        headOnly,
        says(last));
    writeOwn(last);
  }

  private void bare(RequestHead head, int status, byte[] fields) {
    boolean last = lastOf(head);
    worker.outgoing.clear();
    Problem.bare(worker.outgoing, worker.responseWriter, status, fields, says(last));
    writeOwn(last);
    tell(status, head);
  }

  /** Counts a request that has reached no service; its head, where it was one. */
  private void tell(int status, @Nullable RequestHead head) {
    worker.ownAnswer(status);
    if (worker.wantsAccess()) {
      AccessNote note = head == null ? AccessNote.unread() : AccessNote.of(head);
      long took = System.nanoTime() - since;
      worker.access(note.access(address(), "", "", 0, status, 0, worker.outgoing.length, took));
    }
  }

  private static ResponseWriter.Connection says(boolean last) {
    return last ? ResponseWriter.Connection.CLOSES : ResponseWriter.Connection.KEPT;
  }

  private void writeOwn(boolean last) {
    ByteBuf bytes = worker.buffer(worker.outgoing.length);
    bytes.writeBytes(worker.outgoing.bytes, 0, worker.outgoing.length);
    write(bytes);
    answered(last, System.nanoTime());
  }

  /** What the client sends is no HTTP, or beyond a limit. */
  private void refuse(int status, String sentence) {
    boolean free = exchange.isFree();
    if (exchange.cancel(status)) {
      own(status, sentence, "", NO_FIELDS, false, true);
    } else {
      cutOff(false);
    }
    if (free) {
      tell(status, null);
    }
  }

  /**
   * The answer cannot be ended as it was begun.
   *
   * @param whole whether what was written is to arrive all the same
   */
  void cutOff(boolean whole) {
    if (whole) {
      linger();
    } else {
      state = State.OVER;
      Farewell.brokenOff(context());
    }
  }

  private void linger() {
    state = State.LINGER;
    since = System.nanoTime();
    releaseHeld();
    reading(true);
    context()
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener((ChannelFutureListener) written -> Farewell.saidAll(written.channel()));
  }

  // ---- times

  /** Looks at the times, some times a second. */
  void check(long now) {
    GatewayPlan.Limits limits = worker.limits;
    long quiet = now - since;
    switch (state) {
      case IDLE -> {
        heads.shrink();
        if (quiet > limits.idleTime().toNanos() || (worker.isClosing() && quiet > QUIET_NANOS)) {
          linger();
        }
      }
      case HEAD -> {
        if (quiet > limits.headerTime().toNanos()) {
          refuse(408, "the head of the request did not come in time");
        }
      }
      case BODY -> {
        // once it is being answered, the two may talk at their leisure
        boolean wanted = reads && exchange.takesBody() && !exchange.isAnswered();
        if (wanted && quiet > limits.bodyTime().toNanos()) {
          refuse(408, "the body of the request did not come in time");
        } else {
          exchange.check(now);
        }
      }
      case WAIT, TUNNEL -> {
        if (fanOut != null) {
          fanOut.check(now);
        } else {
          exchange.check(now);
        }
      }
      case LINGER -> {
        if (quiet > LINGER_NANOS) {
          context().close();
        }
      }
      case OVER -> {}
    }
  }

  /** Ends it, whatever it does. */
  void end() {
    context().close();
  }

  // ---- what else the channel tells

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    worker.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      exchange.clientIsWritable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    state = State.OVER;
    exchange.cancel(0);
    if (fanOut != null) {
      fanOut.cancel();
      fanOut = null;
    }
    exchange.release();
    releaseHeld();
    worker.remove(this);
    worker.flush();
  }

  /** Of a connection that is open still: HTTP/2 is spoken on it, without this. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (state == State.IDLE) {
      state = State.OVER;
      worker.remove(this);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!Mishap.isOrdinary(cause)) {
      worker.bug(cause);
    }
    ctx.close();
  }

  private void releaseHeld() {
    if (held != null) {
      held.release();
      held = null;
    }
  }

  String address() {
    return new String(peer.address, StandardCharsets.US_ASCII);
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return ctx;
  }
}
