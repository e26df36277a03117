package dev.cubit.load;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading one response: Cubit's parser beside Netty's decoder. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ResponseParserBenchmark {
  private static final String NGINX =
      "HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: Mon, 23 Nov 2026 11:00:00 GMT\r\n"
          + "Content-Type: text/plain\r\nContent-Length: 12\r\nConnection: keep-alive\r\n\r\n"
          + "Hello World\n";

  /** How often the head changes; a server's changes once a second, with its Date. */
  @Param({"never", "each"})
  public String change = "never";

  private final byte[][] responses = new byte[2][];
  private final ResponseParser parser = new ResponseParser();
  private final EmbeddedChannel netty = new EmbeddedChannel(new HttpResponseDecoder());
  private int turn;

  public ResponseParserBenchmark() {
    for (int i = 0; i < 2; i++) {
      responses[i] = NGINX.replace("00 GMT", "0" + i + " GMT").getBytes(StandardCharsets.US_ASCII);
    }
  }

  private byte[] next() {
    turn = change.equals("each") ? 1 - turn : 0;
    return responses[turn];
  }

  @Benchmark
  public int cubit() throws ProtocolException {
    byte[] bytes = next();
    parser.begin(false);
    int read = parser.feed(bytes, bytes.length);
    parser.skipped(bytes.length - read);
    return parser.status();
  }

  @Benchmark
  public int netty() {
    netty.writeInbound(Unpooled.wrappedBuffer(next()));
    int parts = 0;
    for (Object part = netty.readInbound(); part != null; part = netty.readInbound()) {
      ReferenceCountUtil.release(part);
      parts++;
    }
    return parts;
  }
}
