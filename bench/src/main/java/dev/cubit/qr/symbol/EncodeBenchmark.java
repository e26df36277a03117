package dev.cubit.qr.symbol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From text to modules at level M, all masks tried, beside two encoders that do the same. Each call
 * has another of 256 texts. The peers are told one segment; Cubit looks for the best ones.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EncodeBenchmark {
  private static final int TEXTS = 256;
  private static final int FIRST = 1_000;

  @Param({"2", "5", "19", "40"})
  public int version = 2;

  private final String[] texts = new String[TEXTS];
  private final byte[][] bytes = new byte[TEXTS][];
  private final SymbolEncoder encoder = new SymbolEncoder();
  private int turn;

  /** Texts whose smallest version is the one that is asked for: all must do the same work. */
  @Setup
  public void write() throws WriterException {
    for (int i = 0; i < TEXTS; i++) {
      texts[i] = text(FIRST + i);
      bytes[i] = texts[i].getBytes(ISO_8859_1);
      turn = i - 1;
      check("Cubit", cubit().version());
      turn = i - 1;
      check("nayuki", nayuki().version);
      turn = i - 1;
      check("ZXing", (zxing().getWidth() - 17) / 4);
    }
    turn = 0;
  }

  private void check(String who, int made) {
    if (made != version) {
      throw new IllegalStateException(who + " made version " + made + ", not " + version);
    }
  }

  private String text(int number) {
    return switch (version) {
      case 2 -> "hello cityjs " + number;
      case 5 ->
          "https://shop.example.com/products/espresso-machines/" + "?id=" + number + "&ref=app";
      case 19 -> filled(620, number);
      default -> filled(2_300, number);
    };
  }

  /** Letters without an order, different for each number. */
  private static String filled(int length, int number) {
    var random = new Random(number);
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private int next() {
    turn = (turn + 1) % TEXTS;
    return turn;
  }

  @Benchmark
  public Symbol cubit() {
    return encoder.encode(texts[next()], SymbolOptions.DEFAULT);
  }

  @Benchmark
  public QrCode nayuki() {
    var segment = QrSegment.makeBytes(bytes[next()]);
    return QrCode.encodeSegments(List.of(segment), QrCode.Ecc.MEDIUM, 1, 40, -1, false);
  }

  @Benchmark
  public ByteMatrix zxing() throws WriterException {
    return Encoder.encode(texts[next()], ErrorCorrectionLevel.M).getMatrix();
  }
}
