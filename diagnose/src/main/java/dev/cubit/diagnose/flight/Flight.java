package dev.cubit.diagnose.flight;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.jvm.Jvm;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.RecordingReader;
import dev.cubit.diagnose.recording.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A recording that a JVM is making. The JVM writes into a folder of ours as it goes, at least once
 * a second; so what it has recorded is there also when it is killed.
 */
public final class Flight implements Recorder {
  private static final String NAME = "cubit";

  private final Jvm jvm;
  private final Path folder;
  private final Path repository;
  private boolean ended;

  private Flight(Jvm jvm, Path folder, Path repository) {
    this.jvm = jvm;
    this.folder = folder;
    this.repository = repository;
  }

  /**
   * Begins a recording.
   *
   * @param folder for the settings, the recording and, as long as it goes on, the JVM's own files
   * @throws DiagnoseException where the JVM refuses, or the folder cannot be written
   */
  public static Flight begin(Jvm jvm, Settings settings, Path folder) throws DiagnoseException {
    Path repository = folder.resolve("repository").toAbsolutePath();
    Path file = folder.resolve("settings.jfc").toAbsolutePath();
    try {
      Files.createDirectories(repository);
      Files.writeString(file, settings.xml(jvm.describe().feature()));
    } catch (IOException e) {
      throw new DiagnoseException("cannot write " + file + ": " + e.getMessage(), e);
    }
    // a stack deeper than the JVM's 64 frames loses its bottom; refused where JFR runs already
    jvm.command("JFR.configure stackdepth=256");
    jvm.command("JFR.configure repositorypath=\"" + repository + "\"");
    String said = jvm.command("JFR.start name=" + NAME + " settings=\"" + file + "\" disk=true");
    if (!said.contains("Started recording")) {
      throw new DiagnoseException(
          "the JVM with pid " + jvm.pid() + " does not record: " + said.strip().replace('\n', ' '));
    }
    return new Flight(jvm, folder, repository);
  }

  @Override
  public Recording end() throws DiagnoseException {
    try {
      keep();
    } catch (DiagnoseException e) {
      return Repository.read(repository, file());
    }
    return RecordingReader.read(file());
  }

  @Override
  public void keep() throws DiagnoseException {
    ended = true;
    jvm.command("JFR.stop name=" + NAME + " filename=\"" + file() + "\"");
    clear();
  }

  @Override
  public LiveView live(Consumer<LiveLook> listener) {
    return LiveView.of(repository, listener);
  }

  @Override
  public void close() {
    if (!ended) {
      try {
        jvm.command("JFR.stop name=" + NAME);
      } catch (DiagnoseException e) {
        // the JVM has ended, and the recording with it
      }
      ended = true;
      clear();
    }
  }

  private Path file() {
    return folder.resolve("recording.jfr").toAbsolutePath();
  }

  private void clear() {
    try (Stream<Path> files = Files.walk(repository)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path path : all) {
        Files.deleteIfExists(path);
      }
      Files.deleteIfExists(folder.resolve("settings.jfc"));
    } catch (IOException e) {
      // the JVM still has it; it clears up itself when it ends
    }
  }
}
