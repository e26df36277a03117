package dev.cubit.scale;

import dev.cubit.scale.topology.Partitioning.Folding;
import dev.cubit.scale.topology.RangeSplit;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.target.Child;
import dev.cubit.target.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A service's own command that copies keys from one partition to another: {@code move:}. It is told
 * by its environment what goes from where to where, as docs/services.md says, and by its last word
 * which step is wanted. One runs at a time.
 */
final class MoveCommand implements AutoCloseable {
  private static final int LINE_BYTES = 8 << 10;
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** What is done to the keys, in this order. */
  enum Step {
    /** Copies them, and follows what is written meanwhile. */
    COPY(""),
    /** Copies the rest, while nobody writes them. */
    FINAL("--final"),
    /** Removes them where they were. */
    REMOVE("--remove");

    private final String word;

    Step(String word) {
      this.word = word;
    }
  }

  private final RangeSplit split;
  private final Map<String, String> mark;
  private final Consumer<String> output;
  private @Nullable Child running; // guarded by this
  private boolean closed; // guarded by this

  /**
   * Not run yet.
   *
   * @param mark by which its processes are found where this one is killed
   * @param output gets each line that it writes
   */
  MoveCommand(RangeSplit split, Map<String, String> mark, Consumer<String> output) {
    this.split = split;
    this.mark = mark;
    this.output = output;
  }

  /** The words of a step. */
  List<String> words(Step step) {
    List<String> words = new ArrayList<>(split.move());
    if (!step.word.isEmpty()) {
      words.add(step.word);
    }
    return words;
  }

  /** What it is told, besides the environment of Cubit itself. */
  Map<String, String> environment() {
    Map<String, String> all = new HashMap<>(split.after().environment());
    split.environment(split.kept()).forEach((name, value) -> all.put("FROM_" + name, value));
    split.environment(split.added()).forEach((name, value) -> all.put("TO_" + name, value));
    all.put("KEYS_FROM", split.added().from());
    all.put("KEYS_TO", split.added().to());
    all.put("KEYS_FOLDING", isFolded() ? "upper" : "none");
    return all;
  }

  private boolean isFolded() {
    return split
        .after()
        .partitioning()
        .filter(partitioning -> partitioning.folding() == Folding.UPPER)
        .isPresent();
  }

  /**
   * Runs a step to its end.
   *
   * @param atMost empty: as long as it takes
   * @throws ScaleException where it cannot be run, takes longer, fails, or this is closed: its
   *     processes have ended then
   */
  void run(Step step, Optional<Duration> atMost) throws ScaleException {
    Child child = start(step);
    try {
      int code = await(step, child, atMost);
      child.awaitOutput(GRACE);
      if (code != 0) {
        throw new ScaleException(sentence(step, "has ended with exit code " + code));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ScaleException(sentence(step, "was interrupted"), e);
    } finally {
      child.end(GRACE); // also what it has left
      synchronized (this) {
        running = null;
      }
    }
    requireOpen();
  }

  private int await(Step step, Child child, Optional<Duration> atMost) throws ScaleException {
    int late = -1;
    int code =
        atMost.isEmpty()
            ? child.ended().join()
            : child
                .ended()
                .completeOnTimeout(
                    late, Math.max(1, atMost.get().toMillis()), TimeUnit.MILLISECONDS)
                .join();
    requireOpen();
    if (code == late) {
      throw new ScaleException(sentence(step, "did not end in time"));
    }
    return code;
  }

  private synchronized Child start(Step step) throws ScaleException {
    requireOpen();
    ProcessBuilder builder =
        new ProcessBuilder(words(step)).directory(split.after().folder().toFile());
    builder.redirectErrorStream(true);
    builder.environment().remove("KEYS"); // else it would go before KEYS_FROM
    builder.environment().putAll(environment());
    builder.environment().putAll(mark);
    try {
      Child child = Child.start(builder, LINE_BYTES, output, output);
      running = child;
      return child;
    } catch (TargetException e) {
      throw new ScaleException(sentence(step, "could not be run: " + e.getMessage()), e);
    }
  }

  /** See that nobody has closed it. */
  synchronized void requireOpen() throws ScaleException {
    if (closed) {
      throw new ScaleException("the system is being ended");
    }
  }

  private String sentence(Step step, String what) {
    return "`" + String.join(" ", words(step)) + "` " + what;
  }

  /** Ends what runs, and runs nothing any more. */
  @Override
  public void close() {
    Child child;
    synchronized (this) {
      closed = true;
      child = running;
    }
    if (child != null) {
      child.end(GRACE);
    }
  }
}
