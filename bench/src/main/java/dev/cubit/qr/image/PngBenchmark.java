package dev.cubit.qr.image;

import dev.cubit.qr.symbol.Symbol;
import dev.cubit.qr.symbol.SymbolEncoder;
import dev.cubit.qr.symbol.SymbolOptions;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A PNG of 300 pixels from modules, beside zlib's work alone on the same rows: the peers get their
 * rows drawn, and make no file of what they deflate. Each call has another of 256 symbols.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PngBenchmark {
  private static final int SYMBOLS = 256;

  @Param({"2", "5", "19", "40"})
  public int version = 2;

  private final Symbol[] symbols = new Symbol[SYMBOLS];
  private final byte[][] rasters = new byte[SYMBOLS][];
  private final ImageWriter writer = new ImageWriter();
  private final Deflater fastest = new Deflater(Deflater.BEST_SPEED);
  private final Deflater usual = new Deflater(6);
  private final byte[] deflated = new byte[1 << 16];
  private int turn;

  @Setup
  public void encode() {
    var encoder = new SymbolEncoder();
    int length =
        switch (version) {
          case 2 -> 17;
          case 5 -> 68;
          case 19 -> 620;
          default -> 2_300;
        };
    for (int i = 0; i < SYMBOLS; i++) {
      var text = "a picture of some text ".repeat(101).substring(0, length - 4) + (1_000 + i);
      symbols[i] = encoder.encode(text, SymbolOptions.DEFAULT.withVersion(version));
      rasters[i] = raster(symbols[i]);
    }
  }

  /** The rows of {@link Style#DEFAULT}: filter 0, then a bit a pixel. */
  private static byte[] raster(Symbol symbol) {
    var layout = Layout.of(symbol.size(), Style.DEFAULT);
    var raster = new byte[layout.height() * layout.stride()];
    for (int y = 0; y < layout.height(); y++) {
      for (int x = 0; x < 8 * layout.rowBytes(); x++) {
        int column = Math.floorDiv(x - layout.left(), layout.module());
        int row = Math.floorDiv(y - layout.top(), layout.module());
        boolean isInside = column >= 0 && row >= 0 && column < symbol.size() && row < symbol.size();
        if (!isInside || !symbol.isDark(column, row)) {
          raster[y * layout.stride() + 1 + x / 8] |= (byte) (0x80 >> x % 8);
        }
      }
    }
    return raster;
  }

  @TearDown
  public void end() {
    fastest.end();
    usual.end();
  }

  private int next() {
    turn = (turn + 1) % SYMBOLS;
    return turn;
  }

  @Benchmark
  public byte[] cubit() {
    return writer.write(symbols[next()], Style.DEFAULT, Format.PNG);
  }

  @Benchmark
  public int zlib1() {
    return deflate(fastest);
  }

  @Benchmark
  public int zlib6() {
    return deflate(usual);
  }

  private int deflate(Deflater deflater) {
    deflater.reset();
    deflater.setInput(rasters[next()]);
    deflater.finish();
    return deflater.deflate(deflated);
  }
}
