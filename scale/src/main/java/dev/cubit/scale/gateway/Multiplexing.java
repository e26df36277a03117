package dev.cubit.scale.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event loop has for HTTP/2: the connections of clients that speak it, and what their
 * streams share. Owned by the loop.
 *
 * <p>A stream's channel is [{@link ClientStream}, {@link ClientConnection}]. Bounds on what a
 * connection may ask for: streams and their heads (SETTINGS), streams that are reset at once
 * (CVE-2023-44487), frames that carry nothing or that have to be answered: those are Netty's, and
 * on.
 */
final class Multiplexing {
  private static final int MOST_STREAMS = 128;

  /** Of what a client may send before it is read: of a stream, and of all streams together. */
  private static final int STREAM_WINDOW = 64 << 10;

  static final int CONNECTION_WINDOW = 256 << 10;

  /** What HPACK counts for each field besides its text (RFC 7541, section 4.1). */
  private static final int FIELD_OVERHEAD = 32;

  private static final int ADDED_BYTES = 16 << 10;
  private static final int ADDED_FIELDS = 32;

  private static final Duration LAST_STREAMS = Duration.ofSeconds(10);

  private final Worker worker;
  private final List<Http2Client> clients = new ArrayList<>();
  private int streams;
  private @Nullable ResponseHead answer;
  private @Nullable RequestHead request;
  private byte[] scratch = new byte[0];

  Multiplexing(Worker worker) {
    this.worker = worker;
  }

  /** The client speaks HTTP/2 from here on. */
  void open(ChannelPipeline pipeline, Peer peer) {
    Http2FrameCodec codec = codec();
    pipeline
        .addLast(new FlushConsolidationHandler(64, true))
        .addLast(new RightSize())
        .addLast(codec)
        .addLast(new Http2MultiplexHandler(streams(peer)))
        .addLast(new Http2Client(worker, codec.connection()));
  }

  private Http2FrameCodec codec() {
    var limits = worker.limits;
    long heads = limits.headerBytes() + (long) FIELD_OVERHEAD * limits.headerFields();
    return Http2FrameCodecBuilder.forServer()
        .initialSettings(
            new Http2Settings()
                .maxConcurrentStreams(MOST_STREAMS)
                .initialWindowSize(STREAM_WINDOW)
                .maxHeaderListSize(heads))
        .gracefulShutdownTimeoutMillis(LAST_STREAMS.toMillis())
        .build();
  }

  private ChannelHandler streams(Peer peer) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel stream) {
        stream
            .pipeline()
            .addLast(new ClientStream(worker))
            .addLast(new ClientConnection(worker, peer));
      }
    };
  }

  // ---- what streams share, as only one of them works at a time

  /** For the head of an answer: not the loop's own, which is in use while it is written. */
  ResponseHead answer() {
    ResponseHead known = answer;
    if (known == null) {
      known = new ResponseHead();
      answer = known;
    }
    return known;
  }

  /** For the head of a request to a service, which is the client's and what was added to it. */
  RequestHead request() {
    RequestHead known = request;
    if (known == null) {
      var limits = worker.limits;
      known =
          new RequestHead(limits.headerBytes() + ADDED_BYTES, limits.headerFields() + ADDED_FIELDS);
      request = known;
    }
    return known;
  }

  byte[] scratch() {
    if (scratch.length == 0) {
      scratch = new byte[worker.scratch.length + ADDED_BYTES];
    }
    return scratch;
  }

  // ---- the connections

  void add(Http2Client client) {
    clients.add(client);
  }

  void remove(Http2Client client) {
    clients.remove(client);
  }

  void streamBegan() {
    streams++;
  }

  void streamEnded() {
    streams--;
  }

  boolean isEmpty() {
    return clients.isEmpty();
  }

  /** How many connections there are beyond the streams, which are counted elsewhere. */
  int connectionsLessStreams() {
    return clients.size() - streams;
  }

  void tick(long now) {
    for (Http2Client client : List.copyOf(clients)) {
      client.check(now);
    }
  }

  void end() {
    List.copyOf(clients).forEach(Http2Client::end);
  }
}
