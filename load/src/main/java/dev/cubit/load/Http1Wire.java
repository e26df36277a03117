package dev.cubit.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 on one channel: requests leave in order, and the answers come in the same order. Hot
 * path.
 */
final class Http1Wire extends Wire {
  private final ResponseParser parser = new ResponseParser();
  private final Flight[] inFlight;
  private int first;
  private int count;
  private boolean parsing;
  private @Nullable ByteBuf own;
  private @Nullable PreparedRequest ownRequest;
  private int ownLength;
  private int unflushed;
  private final UnaryOperator<String> headers = parser::headerValue;

  Http1Wire(Connection connection, int pipelining) {
    super(connection);
    this.inFlight = new Flight[pipelining];
  }

  @Override
  void send(Flight flight) {
    int next = first + count;
    inFlight[next < inFlight.length ? next : next - inFlight.length] = flight;
    count++;
    ChannelHandlerContext ctx = context();
    ByteBuf bytes = bytesOf(flight.request, ctx.alloc());
    loop.tally.bytesWritten += bytes.readableBytes();
    ChannelPromise noOneWaits = ctx.voidPromise();
    ctx.write(bytes, noOneWaits);
    unflushed++;
  }

  /**
   * The bytes to write. A request that is always the same is kept as this connection's own buffer,
   * and written again once its last writing has ended: nothing is allocated, nothing copied.
   */
  @SuppressWarnings("ReferenceEquality") // the very same, not an equal one
  private ByteBuf bytesOf(PreparedRequest request, ByteBufAllocator allocator) {
    if (own == null && request.constant().isPresent()) {
      ByteBuf bytes = request.constant().get();
      own = allocator.directBuffer(bytes.readableBytes());
      own.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
      ownRequest = request;
      ownLength = bytes.readableBytes();
    }
    // another of several, or pipelined, or answered before it was all written
    if (own == null || request != ownRequest || own.refCnt() > 1) {
      return request.next(allocator);
    }
    own.setIndex(0, ownLength);
    return own.retain();
  }

  private void release() {
    if (own != null) {
      own.release();
      own = null;
      ownRequest = null;
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    release();
  }

  @Override
  void flush() {
    if (unflushed > 0) {
      unflushed = 0;
      context().flush();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      loop.tally.bytesRead += in.readableBytes();
      while (in.isReadable() && connection.isOn(this)) {
        if (count == unflushed) { // an answer cannot come before its request has left
          lose(
              ErrorKind.PROTOCOL,
              "the server sent " + in.readableBytes() + " bytes that no request had asked for");
          return;
        }
        read(in);
      }
    } catch (ProtocolException e) {
      lose(ErrorKind.PROTOCOL, e.sentence());
    } finally {
      in.release();
    }
  }

  private void read(ByteBuf in) throws ProtocolException {
    Flight flight = inFlight[first];
    if (!parsing) {
      parsing = true;
      parser.begin(flight.request.isHead());
    }
    long skippable = parser.skippable();
    if (skippable > 0) {
      int n = (int) Math.min(skippable, in.readableBytes());
      connection.body.add(in, n);
      in.skipBytes(n);
      parser.skipped(n);
    } else {
      byte[] scratch = loop.scratch;
      int n = Math.min(Math.min(in.readableBytes(), scratch.length), parser.wanted());
      in.getBytes(in.readerIndex(), scratch, 0, n);
      in.skipBytes(parser.feed(scratch, n));
      if (parser.interim()) {
        loop.tally.statuses[parser.status()]++;
        parser.afterInterim();
      }
    }
    if (parser.done()) {
      answered(flight);
    }
  }

  private void answered(Flight flight) {
    parsing = false;
    first = first + 1 == inFlight.length ? 0 : first + 1;
    count--;
    connection.answered(
        flight, parser.status(), parser.bodyBytes(), parser.closes(), headers, connection.body);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (count > 0 && parsing && parser.endsWithConnection()) {
      answered(inFlight[first]);
    }
    super.channelInactive(ctx);
  }

  @Override
  void abandon(Flight flight) {
    // what comes after it on this connection cannot be told from its late answer
    lose(
        ErrorKind.TIMEOUT,
        "no answer from "
            + connection.endpoint.name()
            + " within "
            + loop.plan.timeout().toMillis()
            + " ms"
            + (position().isEmpty() ? "" : ", " + position()));
  }

  @Override
  String position() {
    return parsing && parser.begun() ? parser.position() : "";
  }
}
