package dev.cubit.scale;

import dev.cubit.scale.clone.Fleet;
import dev.cubit.scale.topology.FileEdit;
import dev.cubit.scale.topology.Partitioning.Range;
import dev.cubit.scale.topology.RangeSplit;
import dev.cubit.scale.topology.ScaleException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A range becomes two while requests go on, and the keys of its upper part get another home.
 *
 * <pre>
 *   clones of both parts start ── move ── hold ── none under way ── move --final ─┐
 *        requests go where they went       the moving keys wait                   │
 *                                                                                 ▼
 *   move --remove ◄── the old clones end ◄── release ◄── the new map ◄── the file is written
 *                                            to the new owner
 * </pre>
 *
 * Until the file is written a failure leaves all as it was: what was copied is in nobody's way, and
 * another split goes on from there. From then on, a start of the system would find the new map, and
 * what it needs is where it says.
 */
final class Split implements AutoCloseable {
  private static final long LOOK_MILLIS = 5;

  private final RangeSplit split;
  private final FileEdit edit;
  private final Duration holdAtMost;
  private final Routes routes;
  private final Fleet fleet;
  private final Notices notices;
  private final MoveCommand move;
  private final String service;

  /**
   * Not begun yet.
   *
   * @param edit of the file, so that it has both parts
   * @param holdAtMost how long the moving keys may wait
   */
  Split(
      RangeSplit split,
      FileEdit edit,
      Duration holdAtMost,
      Routes routes,
      Fleet fleet,
      Notices notices) {
    this.split = split;
    this.edit = edit;
    this.holdAtMost = holdAtMost;
    this.routes = routes;
    this.fleet = fleet;
    this.notices = notices;
    this.service = split.before().name();
    this.move =
        new MoveCommand(
            split,
            Map.ofEntries(fleet.mark()),
            line -> notices.tell(Notice.of(service, "move | " + line)));
  }

  /**
   * Does it.
   *
   * @return completes when all is done; fails with a {@link ScaleException} that says in what state
   *     the system is
   */
  CompletableFuture<Void> begin() {
    say(
        "splitting %s of %s into %s and %s: clones of both are started"
            .formatted(
                split.partition(), service, split.kept().partition(), split.added().partition()));
    return fleet
        .apply(split.after(), "split", this::changeOver)
        .exceptionallyCompose(
            e ->
                CompletableFuture.failedFuture(
                    new ScaleException(
                        "the split was not done, and %s is as it was: %s"
                            .formatted(split.partition(), ScaleException.sentence(e)))))
        .thenRunAsync(this::remove, Thread::startVirtualThread);
  }

  /** While clones of the old partition and of both new ones take requests. */
  private void changeOver() throws ScaleException {
    say("copying the keys %s while requests go on: %s".formatted(keys(), command()));
    move.run(MoveCommand.Step.COPY, Optional.empty());
    edit.requireUnchanged(); // rather now than while requests wait
    Range moving = split.added();
    long began = System.nanoTime();
    say("requests for these keys wait from now on, %s at most".formatted(seconds(holdAtMost)));
    routes.gateway().hold(service, moving);
    try {
      awaitQuiet(began);
      move.run(MoveCommand.Step.FINAL, Optional.of(left(began)));
      write();
    } finally {
      routes.gateway().release(service);
    }
    say(
        "requests for these keys go to %s; they have waited %s"
            .formatted(moving.partition(), seconds(Duration.ofNanos(System.nanoTime() - began))));
  }

  /** Waits until what was sent to the old owner of the keys is answered. */
  private void awaitQuiet(long began) throws ScaleException {
    int underWay = routes.gateway().underWay(service, split.added());
    while (underWay > 0) {
      if (left(began).isNegative()) {
        throw new ScaleException(
            "%d %s of the moving keys %s still under way after %s; --hold-at-most gives them longer"
                .formatted(
                    underWay,
                    underWay == 1 ? "request" : "requests",
                    underWay == 1 ? "was" : "were",
                    seconds(holdAtMost)));
      }
      pause();
      underWay = routes.gateway().underWay(service, split.added());
    }
  }

  private void pause() throws ScaleException {
    move.requireOpen();
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ScaleException("it was interrupted", e);
    }
  }

  private Duration left(long began) {
    return holdAtMost.minusNanos(System.nanoTime() - began);
  }

  /** First the file: what is killed in between starts with the map that the keys have gone by. */
  private void write() throws ScaleException {
    edit.write();
    try {
      routes.changeOver(split.after());
    } catch (ScaleException e) {
      edit.undo(); // where that fails, its sentence is the one to know
      throw e;
    }
  }

  /** When the old clones have ended, so that nobody reads there any more. */
  private void remove() {
    say("removing the keys %s where they were".formatted(keys()));
    try {
      move.run(MoveCommand.Step.REMOVE, Optional.empty());
    } catch (ScaleException e) {
      throw new CompletionException(new ScaleException(unremoved(e), e));
    }
  }

  private String unremoved(ScaleException why) {
    return ("the split holds, and requests go by it; only what was moved is still stored for %s as"
            + " well, where it is in nobody's way: %s. To remove it, run that again in %s, with the"
            + " environment of %s behind FROM_, that of %s behind TO_, and KEYS_FROM=%s KEYS_TO=%s"
            + " KEYS_FOLDING=%s")
        .formatted(
            split.kept().partition(),
            why.getMessage(),
            split.after().folder(),
            split.kept().partition(),
            split.added().partition(),
            split.added().from(),
            split.added().to(),
            move.environment().get("KEYS_FOLDING"));
  }

  private String keys() {
    return split.added().from() + ".." + split.added().to();
  }

  private String command() {
    return String.join(" ", split.move());
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }

  /** Behind all that has happened to clones until now. */
  private void say(String sentence) {
    fleet.told().handle((_, _) -> true).join();
    notices.tell(Notice.of(service, sentence));
  }

  /** Breaks it off, where it is not done yet. */
  @Override
  public void close() {
    move.close();
  }
}
