package dev.cubit.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The runs that are kept in a folder: of each {@code NAME.json} and {@code NAME.hlog}, see {@link
 * RunFile}.
 *
 * <p>A run is there once its JSON is, which is moved into place last and in one step. Several
 * processes may use one folder: two that save at once under names made from the time get different
 * ones. Wherever a run is named, {@code latest} is the one that began last, {@code latest~1} the
 * one before it, and so on.
 */
public final class RunStore {
  /** Above this a file is not one of ours, and not read. */
  private static final long LARGEST_BYTES = 64L << 20;

  private static final Comparator<RunSummary> LATEST_FIRST =
      Comparator.comparing(RunSummary::start).thenComparing(RunSummary::name).reversed();

  private final Path folder;
  private final ZoneId zone;

  private RunStore(Path folder, ZoneId zone) {
    this.folder = folder;
    this.zone = zone;
  }

  /** The store of a folder, which is made when the first run is saved. */
  public static RunStore in(Path folder) {
    return new RunStore(folder, ZoneId.systemDefault());
  }

  /** The store of a folder; names made from the time are in the time of this zone. */
  public static RunStore in(Path folder, ZoneId zone) {
    return new RunStore(folder, zone);
  }

  /** The store of the working folder: {@code .cubit/runs}. */
  public static RunStore here() {
    return in(Path.of(".cubit", "runs"));
  }

  /**
   * What is in a store.
   *
   * @param runs the latest first
   * @param skipped a sentence for each file that is no whole run
   */
  public record Listing(List<RunSummary> runs, List<String> skipped) {
    public Listing {
      runs = List.copyOf(runs);
      skipped = List.copyOf(skipped);
    }
  }

  public Path folder() {
    return folder;
  }

  /**
   * For a command that wants to refuse a name before it has measured.
   *
   * @throws MeasureException where a run cannot be called so; the message says what is allowed
   */
  public static void requireName(String name) throws MeasureException {
    RunName.check(name);
  }

  /**
   * Keeps a run under a name made from the time it began, as {@code 2026-11-23T07-14-56}, with
   * {@code -2} and so on where that is taken.
   *
   * @return the run with its name
   */
  public Run save(Run run) throws MeasureException {
    String base = RunName.of(run.load().start(), zone);
    try {
      Files.createDirectories(folder);
      for (int i = 1; ; i++) {
        String name = i == 1 ? base : base + "-" + i;
        if (!Files.exists(json(name)) && reserve(name)) {
          return write(run.named(name));
        }
      }
    } catch (IOException e) {
      throw notWritten(base, e);
    }
  }

  /**
   * Keeps a run under a name that was given; what was there under this name is replaced.
   *
   * @return the run with its name
   */
  public Run save(Run run, String name) throws MeasureException {
    RunName.check(name);
    try {
      Files.createDirectories(folder);
      return write(run.named(name));
    } catch (IOException e) {
      throw notWritten(name, e);
    }
  }

  /** Takes a name for this process, atomically: its log is there from now on, though empty. */
  private boolean reserve(String name) throws IOException {
    try {
      Files.createFile(hlog(name));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private Run write(Run run) throws IOException {
    RunFile.Pair files = RunFile.encode(run);
    replace(hlog(run.name()), files.hlog());
    replace(json(run.name()), files.json());
    return run;
  }

  private void replace(Path file, byte[] bytes) throws IOException {
    Path temporary = Files.createTempFile(folder, ".cubit-", ".tmp");
    try {
      Files.write(temporary, bytes);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private MeasureException notWritten(String name, IOException e) {
    return new MeasureException(
        "cannot keep the run " + name + " in " + folder + ": " + Reason.of(e), e);
  }

  /**
   * Reads a run.
   *
   * @param name a name, {@code latest} or {@code latest~N}
   * @throws MeasureException where there is none, or it is damaged, foreign or of a later version
   */
  public Run load(String name) throws MeasureException {
    return read(resolve(name));
  }

  /**
   * Deletes a run, also one that is damaged.
   *
   * @param name a name, {@code latest} or {@code latest~N}
   * @return the name of the run that is gone
   */
  public String remove(String name) throws MeasureException {
    String resolved = resolve(name);
    try {
      // both, always: where the JSON is gone already, its log is what is left of a run
      boolean run = Files.deleteIfExists(json(resolved));
      boolean log = Files.deleteIfExists(hlog(resolved));
      if (!run && !log) {
        throw none(resolved);
      }
      return resolved;
    } catch (IOException e) {
      throw new MeasureException(
          "cannot remove the run " + resolved + " from " + folder + ": " + Reason.of(e), e);
    }
  }

  /**
   * All runs, and what is no whole run. Each file is read whole, so that a damaged one is found.
   *
   * @throws MeasureException where the folder cannot be read; one that is not there has no runs
   */
  public Listing list() throws MeasureException {
    List<RunSummary> runs = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (String name : names()) {
      if (!RunName.allowed(name)) {
        skipped.add(folder.resolve(name + ".json") + " has a name that no run can have: skipped");
        continue;
      }
      try {
        runs.add(RunSummary.of(read(name)));
      } catch (MeasureException e) {
        skipped.add(e.getMessage() + ": skipped");
      }
    }
    runs.sort(LATEST_FIRST);
    return new Listing(runs, skipped);
  }

  private Iterable<String> names() throws MeasureException {
    TreeSet<String> names = new TreeSet<>();
    if (!Files.exists(folder)) {
      return names;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{json,hlog}")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith(".")) {
          names.add(name.substring(0, name.length() - ".json".length()));
        }
      }
    } catch (IOException e) {
      throw new MeasureException("cannot read the runs in " + folder + ": " + Reason.of(e), e);
    }
    return names;
  }

  private String resolve(String name) throws MeasureException {
    OptionalInt back = RunName.back(name);
    if (back.isEmpty()) {
      return RunName.check(name);
    }
    List<RunSummary> runs = list().runs();
    if (back.getAsInt() >= runs.size()) {
      throw new MeasureException(
          "there is no run '"
              + name
              + "' in "
              + folder
              + ": it has "
              + runs.size()
              + " whole runs");
    }
    return runs.get(back.getAsInt()).name();
  }

  private Run read(String name) throws MeasureException {
    Path json = json(name);
    if (!Files.exists(json) && !Files.exists(hlog(name))) {
      throw none(name);
    }
    try {
      return RunFile.decode(new RunFile.Pair(bytes(json), bytes(hlog(name)))).named(name);
    } catch (RunFile.NotARun e) {
      throw new MeasureException(json + " " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Path file) throws MeasureException {
    try {
      if (Files.isDirectory(file)) {
        throw new MeasureException(file + " is a folder, not a file of a run");
      }
      if (Files.size(file) > LARGEST_BYTES) {
        throw new MeasureException(file + " is too large for a file of a run");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new MeasureException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  private MeasureException none(String name) {
    return new MeasureException(
        "there is no run '" + name + "' in " + folder + ": `cubit runs` lists them");
  }

  private Path json(String name) {
    return folder.resolve(name + ".json");
  }

  private Path hlog(String name) {
    return folder.resolve(name + ".hlog");
  }

  /** Whether something is kept under this name, whole or not. */
  public Optional<Path> find(String name) {
    return RunName.allowed(name) && Files.exists(json(name))
        ? Optional.of(json(name))
        : Optional.empty();
  }
}
