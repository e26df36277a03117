package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an endpoint. Owned by the event loop of the clients that it serves, one after the
 * other. Hot path.
 *
 * <pre>
 *   OPENING ── open ──► (taken) HEAD ── final head ──► BODY ── last byte ──► KEPT ── taken ──► HEAD
 *      │ failed            ▲ │ 1xx      │ 101                  │
 *      ▼                   └─┘          └──► TUNNEL            └──► closed: the server said so,
 *    over                                                            or sent more than the answer
 * </pre>
 *
 * <p>What breaks HTTP is a 502, and the connection is not used again: bytes after an answer could
 * be the begin of one that somebody else would get.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
  /** A body that came with its head is copied behind it up to that size, and sent in one piece. */
  private static final int COPIED_BYTES = 8 << 10;

  private static final int MOST_INTERIM = 32;

  private enum State {
    OPENING,
    KEPT,
    HEAD,
    BODY,
    TUNNEL,
    OVER
  }

  /** Of {@link System#nanoTime}, since when nobody uses it. */
  long idleSince;

  private final Worker worker;
  private final LoopEndpoint endpoint;
  private final Body body = new Body();
  private State state = State.OPENING;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Caller exchange;
  private @Nullable ByteBuf own;
  private final HeadReader heads = new HeadReader();
  private int interims;
  private boolean used;
  private boolean keepAlive;
  private boolean dechunks;
  private boolean reads = true;
  private boolean broken;

  UpstreamConnection(Worker worker, LoopEndpoint endpoint) {
    this.worker = worker;
    this.endpoint = endpoint;
  }

  // ---- as its users see it

  boolean isOpen() {
    return state == State.HEAD;
  }

  boolean isWritable() {
    return context().channel().isWritable();
  }

  /** It serves this exchange from now on. */
  void take(Caller by) {
    exchange = by;
    interims = 0;
    heads.clear();
    if (state == State.KEPT) {
      used = true;
      state = State.HEAD;
    }
  }

  /** Opening it has ended. */
  void tried(boolean success) {
    Caller by = exchange;
    if (!success) {
      state = State.OVER;
      exchange = null;
      if (by != null) {
        by.failed(Outcome.UNREACHABLE, false);
        worker.flush();
      }
    } else if (state == State.OPENING) { // else it has ended since
      if (by == null) { // the client has gone meanwhile
        state = State.KEPT;
        endpoint.keep(this, System.nanoTime());
      } else {
        state = State.HEAD;
        by.connected(this);
      }
    }
  }

  /** Whether somebody waits for it. */
  boolean isWanted() {
    return exchange != null;
  }

  /** It is open from the begin on, being a stream of a connection that is. */
  void begun() {
    state = State.HEAD;
  }

  void write(ByteBuf bytes) {
    ChannelHandlerContext ctx = context();
    ctx.write(bytes, ctx.voidPromise());
    worker.toFlush(ctx.channel());
  }

  void reading(boolean wanted) {
    if (reads != wanted) {
      reads = wanted;
      context().channel().config().setAutoRead(wanted);
    }
  }

  /** Its exchange wants no more of it. */
  void abandon() {
    exchange = null;
    if (state != State.OPENING) { // what is being opened can serve another
      close();
    }
  }

  void close() {
    boolean tunnel = state == State.TUNNEL;
    state = State.OVER;
    ChannelHandlerContext ctx = context;
    if (ctx != null && tunnel) { // what the client has sent still goes out
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else if (ctx != null) {
      ctx.close();
    }
  }

  /** Whether its channel is there; that it has ended may be told later. */
  boolean isAlive() {
    return state == State.KEPT && context().channel().isActive();
  }

  /**
   * The bytes that were put together, in this connection's own buffer where that is free.
   *
   * @param more room behind them
   */
  ByteBuf ownBuffer(int length, int more) {
    ByteBuf buffer = own;
    if (buffer == null || buffer.refCnt() > 1 || buffer.capacity() < length + more) {
      releaseOwn();
      buffer = worker.buffer(length + more);
      own = buffer;
    }
    buffer.setIndex(0, 0);
    buffer.writeBytes(worker.outgoing.bytes, 0, length);
    return buffer.retain();
  }

  private void releaseOwn() {
    if (own != null) {
      own.release();
      own = null;
    }
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return ctx;
  }

  // ---- what the channel tells

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      Caller by = exchange;
      if (by == null) {
        endpoint.lost(this);
        close(); // bytes that nobody asked for
      } else if (state == State.OPENING) {
        fail(Outcome.MALFORMED); // it speaks before it was asked
      } else {
        read(in, by);
      }
    } catch (BadMessage e) {
      fail(Outcome.MALFORMED);
    } finally {
      in.release();
    }
  }

  private void read(ByteBuf in, Caller by) throws BadMessage {
    while (in.isReadable()) {
      switch (state) {
        case HEAD -> {
          if (!readHead(in, by)) {
            return;
          }
        }
        case BODY -> {
          passBody(in, by);
          by.active();
        }
        case TUNNEL -> {
          by.active();
          by.toClient(worker.rest(in));
        }
        default -> {
          return;
        }
      }
      if (state == State.BODY && body.isDone()) {
        complete(by, !in.isReadable());
        return;
      }
    }
  }

  /** Reads a head, and its body where that came along; false: more bytes are needed. */
  private boolean readHead(ByteBuf in, Caller by) throws BadMessage {
    ResponseHead head = worker.responseHead;
    if (!heads.read(in, head, worker.scratch)) {
      return false;
    }
    if (head.isInterim() && head.status != 101) {
      if (++interims > MOST_INTERIM) {
        throw BadMessage.syntax("it sends 1xx without end");
      }
      by.interim(head, this);
      return true;
    }
    if (head.status == 101) {
      if (!by.mayUpgrade(head)) {
        throw BadMessage.syntax("it switches protocols, which nobody asked for");
      }
      body.none();
      by.answer(head, body);
      state = State.TUNNEL;
      by.answering();
      by.toClient(ownBuffer(worker.outgoing.length, 0));
      return true;
    }
    if (head.status == 421 && by.mayAskElsewhere()) {
      exchange = null;
      close(); // its body would have to be read first
      by.askElsewhere();
      return true;
    }
    beginBody(head, by);
    by.answer(head, body);
    sendHead(in, by);
    return true;
  }

  private void beginBody(ResponseHead head, Caller by) {
    keepAlive = head.keepAlive;
    dechunks = head.chunked && by.wantsNoChunks();
    if (by.isHead() || head.isBodiless()) {
      body.none();
    } else if (head.chunked) {
      body.chunked();
    } else if (head.contentLength >= 0) {
      body.length(head.contentLength);
    } else {
      body.untilClose();
      keepAlive = false;
    }
    state = State.BODY;
  }

  private void sendHead(ByteBuf in, Caller by) throws BadMessage {
    int from = in.readerIndex();
    int along = 0;
    if (!dechunks && in.readableBytes() <= COPIED_BYTES) {
      body.pass(in); // before anything is sent: what breaks here is still a 502
      along = in.readerIndex() - from;
    }
    ByteBuf answer = ownBuffer(worker.outgoing.length, along);
    answer.writeBytes(in, from, along);
    by.answering();
    by.toClient(answer);
  }

  private void passBody(ByteBuf in, Caller by) throws BadMessage {
    if (dechunks) {
      while (in.isReadable() && !body.isDone()) {
        int from = in.readerIndex();
        int content = body.step(in);
        if (content > 0) {
          by.toClient(worker.part(in, from, content));
        }
      }
      return;
    }
    int from = in.readerIndex();
    body.pass(in);
    by.toClient(worker.part(in, from, in.readerIndex() - from));
  }

  /** The answer is whole. */
  private void complete(Caller by, boolean exact) {
    long now = System.nanoTime();
    exchange = null;
    reading(true);
    boolean again = exact && keepAlive && by.isSentWhole();
    if (again) {
      state = State.KEPT;
      endpoint.keep(this, now);
    } else {
      close();
    }
    by.done(now);
  }

  private void fail(Outcome outcome) {
    Caller by = exchange;
    boolean reused = used;
    exchange = null;
    close();
    if (by != null) {
      by.failed(outcome, reused && !heads.hasBegun());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    worker.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Caller by = exchange;
    if (by != null && ctx.channel().isWritable()) {
      by.goOn();
      worker.flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    Caller by = exchange;
    if (by == null) {
      endpoint.lost(this);
      state = State.OVER;
    } else if (state == State.BODY && body.endsWithConnection() && !broken) {
      complete(by, true);
    } else {
      fail(state == State.OPENING ? Outcome.UNREACHABLE : Outcome.RESET);
    }
    releaseOwn();
    worker.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    broken = true;
    if (!Mishap.isOrdinary(cause)) {
      worker.bug(cause);
    }
    ctx.close();
  }
}
