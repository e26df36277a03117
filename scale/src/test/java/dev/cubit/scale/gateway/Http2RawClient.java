package dev.cubit.scale.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** One connection of HTTP/2, on which a test sends and sees every frame. */
final class Http2RawClient implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  /** One that came. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Frame(int type, int flags, int stream, byte[] payload) {
    boolean ends() {
      return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }

    int error() {
      int at = type == GOAWAY ? 4 : 0;
      return payload[at + 3] & 0xff;
    }
  }

  /** What came on a stream until it ended. */
  record Answer(List<Http2Headers> heads, String body, Optional<Http2Headers> trailers, int reset) {
    String status() {
      return heads.isEmpty() ? "" : String.valueOf(heads.getLast().status());
    }

    String field(String name) {
      return heads.isEmpty() ? "" : String.valueOf(heads.getLast().get(name, ""));
    }
  }

  final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private int next = 1;

  /** Bare: nothing is sent yet. */
  Http2RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  /** With the preface and settings sent. */
  static Http2RawClient open(int port) throws IOException {
    Http2RawClient client = new Http2RawClient(port);
    client.preface();
    client.frame(SETTINGS, 0, 0);
    return client;
  }

  Http2RawClient preface() throws IOException {
    return send(PREFACE.getBytes(ISO_8859_1));
  }

  Http2RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  Http2RawClient frame(int type, int flags, int stream, byte... payload) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(payload.length >> 16);
    all.write(payload.length >> 8);
    all.write(payload.length);
    all.write(type);
    all.write(flags);
    for (int shift = 24; shift >= 0; shift -= 8) {
      all.write(stream >> shift);
    }
    all.writeBytes(payload);
    return send(all.toByteArray());
  }

  /** Names and values in turn, as they are, whatever they are. */
  byte[] block(String... fields) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(
          io.netty.util.AsciiString.of(fields[i]), io.netty.util.AsciiString.of(fields[i + 1]));
    }
    return block(headers);
  }

  /** One literal after the other, without a table: for what an encoder would not write. */
  static byte[] literals(String... fields) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      all.write(0);
      for (String text : List.of(fields[i], fields[i + 1])) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        all.write(bytes.length);
        all.writeBytes(bytes);
      }
    }
    return all.toByteArray();
  }

  private byte[] block(Http2Headers headers) {
    ByteBuf buffer = Unpooled.buffer();
    try {
      encoder.encodeHeaders(1, headers, buffer);
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }

  /** A request's head on a stream of its own, which is returned. */
  int request(boolean ends, String... fields) throws IOException {
    int stream = next;
    next += 2;
    frame(HEADERS, END_HEADERS | (ends ? END_STREAM : 0), stream, block(fields));
    return stream;
  }

  int get(String path, String... fields) throws IOException {
    return request(true, head("GET", path, fields));
  }

  static String[] head(String method, String path, String... fields) {
    List<String> all =
        new ArrayList<>(
            List.of(
                ":method", method, ":scheme", "http", ":authority", "shop.example", ":path", path));
    all.addAll(List.of(fields));
    return all.toArray(String[]::new);
  }

  Frame read() throws IOException {
    int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt() & 0x7fffffff;
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException();
    }
    return new Frame(type, flags, stream, payload);
  }

  /** All that comes for it; other frames are passed over, settings acknowledged. */
  Answer answer(int stream) throws IOException {
    List<Http2Headers> heads = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    Optional<Http2Headers> trailers = Optional.empty();
    boolean isFinal = false;
    while (true) {
      Frame frame = read();
      if (frame.type == SETTINGS && frame.flags == 0) {
        frame(SETTINGS, ACK, 0);
      }
      if (frame.type == HEADERS) { // also others', as the table is the connection's
        Http2Headers headers = decoded(frame.payload);
        if (frame.stream == stream) {
          if (isFinal) {
            trailers = Optional.of(headers);
          } else {
            heads.add(headers);
            isFinal = String.valueOf(headers.status()).charAt(0) != '1';
          }
        }
      }
      if (frame.stream != stream) {
        if (frame.type == GOAWAY && frame.error() != 0) {
          throw new IOException("GOAWAY " + frame.error());
        }
        continue;
      }
      if (frame.type == RST_STREAM) {
        return new Answer(heads, body.toString(), trailers, frame.error());
      }
      if (frame.type == DATA) {
        body.append(new String(frame.payload, ISO_8859_1));
      }
      if (frame.ends()) {
        return new Answer(heads, body.toString(), trailers, -1);
      }
    }
  }

  Http2Headers decoded(byte[] block) throws IOException {
    try {
      return decoder.decodeHeaders(1, Unpooled.wrappedBuffer(block));
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  /** What the connection ends with: the error of its GOAWAY, or -1 where it just ends. */
  int ending() throws IOException {
    int error = -1;
    try {
      while (true) {
        Frame frame = read();
        if (frame.type == GOAWAY) {
          error = frame.error();
        }
      }
    } catch (EOFException | SocketException e) {
      return error;
    }
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
