package dev.cubit.diagnose.recording;

import dev.cubit.diagnose.DiagnoseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import jdk.jfr.consumer.EventStream;

/**
 * The folder into which a JVM writes while it records. Where the JVM was killed, its last file has
 * no end, and the JDK's reader of files refuses it; the reader of streams takes what was flushed.
 */
public final class Repository {
  private static final Duration NOTHING_NEW = Duration.ofSeconds(2);

  private Repository() {}

  /**
   * Reads what a JVM that has ended left behind, and keeps its files as one.
   *
   * @param keep where to
   * @throws DiagnoseException where nothing was flushed yet
   */
  public static Recording read(Path repository, Path keep) throws DiagnoseException {
    Path folder = chunks(repository);
    RecordingReader reader = new RecordingReader();
    AtomicLong lastFlush = new AtomicLong(System.nanoTime());
    try (EventStream stream = EventStream.openRepository(folder)) {
      stream.setReuse(false);
      stream.setStartTime(Instant.EPOCH);
      stream.onEvent(
          event -> {
            reader.accept(event);
            lastFlush.set(System.nanoTime());
          });
      stream.startAsync();
      while (System.nanoTime() - lastFlush.get() < NOTHING_NEW.toNanos()) {
        Thread.sleep(50);
      }
    } catch (IOException e) {
      throw new DiagnoseException(
          "the JVM ended, and what it had recorded cannot be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (reader.isEmpty()) {
      throw new DiagnoseException(
          "the JVM ended before it had written an event: let it run for two seconds at least");
    }
    join(folder, keep);
    return reader.result(keep);
  }

  /** The JVM makes a folder of its own in the one that it is given. */
  public static Path chunks(Path repository) throws DiagnoseException {
    try (Stream<Path> folders = Files.list(repository)) {
      return folders
          .filter(Files::isDirectory)
          .findFirst()
          .orElseThrow(
              () -> new DiagnoseException("the JVM ended before it had recorded anything"));
    } catch (IOException e) {
      throw new DiagnoseException("cannot read " + repository + ": " + e.getMessage(), e);
    }
  }

  private static void join(Path folder, Path keep) throws DiagnoseException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> chunks = files.filter(f -> f.toString().endsWith(".jfr")).sorted().toList();
      Files.deleteIfExists(keep);
      for (Path chunk : chunks) {
        Files.write(
            keep, Files.readAllBytes(chunk), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw new DiagnoseException("cannot write " + keep + ": " + e.getMessage(), e);
    }
  }
}
