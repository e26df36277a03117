package dev.cubit.measure;

import dev.cubit.load.LoadResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The histograms of a run as an HdrHistogram log (V2 encoding, format 1.3), which HdrHistogram's
 * own reader, processor and analyzer read.
 *
 * <p>One line a histogram, told apart by its tag: {@code latency}, {@code serviceTime}, {@code
 * lateness}, {@code connectionWait}, {@code connectTime} (microseconds) and {@code bodyBytes}
 * (bytes); those of a warm-up begin with {@code warmUp.}. The column of maxima is in milliseconds,
 * of {@code bodyBytes} in bytes.
 */
public final class HdrLog {
  private HdrLog() {}

  /**
   * Writes the log of a run to a file, which is replaced where it exists.
   *
   * @throws MeasureException where it cannot be written
   */
  public static void write(Run run, Path file) throws MeasureException {
    byte[] log = encode(run);
    try {
      Files.write(file, log);
    } catch (IOException e) {
      throw new MeasureException("cannot write " + file + ": " + Reason.of(e), e);
    }
  }

  /** The histograms of a result by their tags. */
  static Map<String, Histogram> tagged(LoadResult load, String prefix) {
    Map<String, Histogram> tagged = new LinkedHashMap<>();
    tagged.put(prefix + "latency", load.latency());
    tagged.put(prefix + "serviceTime", load.serviceTime());
    tagged.put(prefix + "lateness", load.lateness());
    tagged.put(prefix + "connectionWait", load.connectionWait());
    tagged.put(prefix + "connectTime", load.connectTime());
    tagged.put(prefix + "bodyBytes", load.bodyBytes());
    return tagged;
  }

  static byte[] encode(Run run) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HistogramLogWriter writer =
        new HistogramLogWriter(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    writer.outputComment("[Cubit run " + run.name() + "; times in microseconds, sizes in bytes]");
    writer.outputLogFormatVersion();
    long start = run.load().start().toEpochMilli();
    writer.outputBaseTime(start);
    writer.outputStartTime(start);
    writer.outputLegend();
    run.warmUp().ifPresent(warmUp -> lines(writer, warmUp.load(), "warmUp.", start));
    lines(writer, run.load(), "", start);
    writer.close();
    return bytes.toByteArray();
  }

  private static void lines(
      HistogramLogWriter writer, LoadResult load, String prefix, long baseMillis) {
    double from = (load.start().toEpochMilli() - baseMillis) / 1e3;
    double to = (load.finish().toEpochMilli() - baseMillis) / 1e3;
    tagged(load, prefix)
        .forEach(
            (tag, histogram) -> {
              Histogram copy = histogram.copy(); // a tag is part of a histogram, ours are shared
              copy.setTag(tag);
              double unit = tag.endsWith("bodyBytes") ? 1 : 1000;
              writer.outputIntervalHistogram(from, to, copy, unit);
            });
  }

  /**
   * Reads back what {@link #encode} wrote, by tag.
   *
   * @throws IllegalArgumentException where it is no such log
   */
  static Map<String, Histogram> decode(byte[] log) {
    Map<String, Histogram> histograms = new LinkedHashMap<>();
    try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(log))) {
      while (reader.hasNext()) {
        EncodableHistogram next = reader.nextIntervalHistogram();
        if (next instanceof Histogram histogram && histogram.getTag() != null) {
          histograms.put(histogram.getTag(), histogram);
        }
      }
    } catch (RuntimeException e) {
      // the reader throws whatever its parts do: bad Base64, bad deflate, sizes below zero
      throw new IllegalArgumentException("it is not an HdrHistogram log", e);
    }
    return histograms;
  }
}
