package dev.cubit.scale.clone;

import dev.cubit.scale.topology.ScaleException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What a thread does again and again as long as that lives which it looks after. A bug of ours in
 * one round is told, and the next round is gone all the same: nothing is left alone in silence.
 * Owned by that thread.
 */
public final class Rounds {
  /** So that a bug in each round takes no core. */
  private static final Duration AFTER_BUG = Duration.ofSeconds(1);

  private final Consumer<String> bugs;
  private String told = "";

  /** One of them; an interrupt ends it and all that would follow. */
  @FunctionalInterface
  public interface Round {
    /** Goes it. */
    void go() throws InterruptedException;
  }

  /**
   * With none gone.
   *
   * @param bugs told a sentence without its subject, but not the same twice in a row
   */
  public Rounds(Consumer<String> bugs) {
    this.bugs = bugs;
  }

  /** Goes one. After a bug it returns a second later. */
  public void go(Round round) throws InterruptedException {
    try {
      round.go();
    } catch (RuntimeException | Error e) {
      String sentence = ScaleException.bug(e);
      if (!sentence.equals(told)) {
        told = sentence;
        bugs.accept(sentence);
      }
      Thread.sleep(AFTER_BUG);
    }
  }
}
