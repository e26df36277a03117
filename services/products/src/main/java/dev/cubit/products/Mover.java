package dev.cubit.products;

import dev.cubit.products.Arrival.State;
import dev.cubit.store.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Moves the products of a key range from one database to another while both are in use.
 *
 * <pre>
 *   copy     all products by name, in batches; what changes meanwhile is seen by its number,
 *            and brought in rounds, each shorter than the one before, until one is a single batch
 *   finish   the last round, while nobody writes these keys
 *   remove   at the source, what has been seen to have arrived
 * </pre>
 *
 * <p>Each step can be done again: from the start, or where it was broken off. Nothing is lost,
 * because the count of changes is read <em>before</em> the first product is copied, and every later
 * change has a higher number ({@link Catalogue}); removals are changes as well.
 */
final class Mover {
  private static final int BATCH = 500;
  private static final int MOST_ROUNDS = 1000;

  /**
   * What was done.
   *
   * @param products copied, or removed at the source
   * @param changes of these keys that were brought after that
   * @param position the number of the source's change that all has been brought up to
   */
  record Summary(long products, long changes, int rounds, long position) {}

  private final Departures source;
  private final Arrivals destination;
  private final Catalogue destinationCatalogue;
  private final KeyRange keys;

  Mover(Database source, Database destination, KeyRange keys) {
    this.source = new Departures(source);
    this.destination = new Arrivals(destination);
    destinationCatalogue = new Catalogue(destination);
    this.keys = keys;
  }

  /**
   * Copies, or goes on where an earlier copy was left.
   *
   * @throws MoveException if the destination has products of these keys that came from elsewhere,
   *     or if the source is written faster than it can be copied
   */
  Summary copy() throws SQLException {
    var arrival = begun();
    long copied = 0;
    if (arrival.state() == State.COPYING) {
      copied = copyAll(arrival);
      arrival = arrival.at(arrival.position(), State.FOLLOWING);
    }
    long changes = 0;
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      var result = round(arrival, State.FOLLOWING);
      changes += result.taken();
      arrival = result.arrival();
      if (result.batches() <= 1) {
        return new Summary(copied, changes, round, arrival.position());
      }
    }
    throw new MoveException(
        "the source is written faster than it can be followed; write less, and move again");
  }

  /** Brings what is left. Nobody may write these keys while this runs. */
  Summary finish() throws SQLException {
    var before = copy();
    var last = round(begun(), State.FINAL);
    return new Summary(
        before.products(),
        before.changes() + last.taken(),
        before.rounds() + 1,
        last.arrival().position());
  }

  /**
   * Removes at the source what has arrived.
   *
   * @throws MoveException if the last round has not been done, or if something has not arrived
   */
  Summary remove() throws SQLException {
    var arrival = destination.find(source.identity(), keys.word());
    if (arrival.isPresent() && arrival.get().state() != State.FINAL) {
      throw new MoveException("the keys have not all arrived; run move --final first");
    }
    long removed = 0;
    for (var page = source.page("", BATCH);
        !page.isEmpty();
        page = source.page(page.getLast().name(), BATCH)) {
      var leaving = inRange(page);
      if (!leaving.isEmpty() && arrival.isEmpty()) {
        throw new MoveException(
            "'" + leaving.getFirst().name() + "' has never been moved; run move first");
      }
      for (var product : leaving) {
        if (!destination.knows(product)) {
          throw new MoveException(
              "'"
                  + product.name()
                  + "' is newer at the source than at the destination; run move --final again");
        }
      }
      removed += source.remove(leaving);
    }
    source.forget(keys);
    if (arrival.isPresent()) {
      destination.forget(arrival.get());
    }
    return new Summary(removed, 0, 0, arrival.map(Arrival::position).orElse(0L));
  }

  /**
   * How far the keys are; a new move is noted before anything is copied, with the number of the
   * source's last change, so that one that is broken off and begun again misses no removal.
   */
  private Arrival begun() throws SQLException {
    var identity = source.identity();
    Optional<Arrival> known = destination.find(identity, keys.word());
    if (known.isPresent()) {
      return known.get();
    }
    refuseOthers();
    var fresh = new Arrival(identity, keys.word(), source.lastChange(), State.COPYING);
    destination.take(List.of(), fresh.position(), fresh);
    return fresh;
  }

  /** Most likely source and destination are swapped: what is there would be taken for old. */
  private void refuseOthers() throws SQLException {
    for (var page = destinationCatalogue.page("", "", BATCH);
        !page.isEmpty();
        page = destinationCatalogue.page(page.getLast().name(), "", BATCH)) {
      var there = inRange(page);
      if (!there.isEmpty()) {
        throw new MoveException(
            "the destination has '"
                + there.getFirst().name()
                + "', which no move from this source has brought; see that --from and --to are not"
                + " swapped, or remove it there");
      }
    }
  }

  private long copyAll(Arrival arrival) throws SQLException {
    long copied = 0;
    for (var page = source.page("", BATCH);
        !page.isEmpty();
        page = source.page(page.getLast().name(), BATCH)) {
      var leaving = inRange(page);
      if (!leaving.isEmpty()) {
        var changes = leaving.stream().<Change>map(Change.Stored::new).toList();
        destination.take(changes, source.lastChange(), arrival);
        copied += leaving.size();
      }
    }
    return copied;
  }

  private record Round(Arrival arrival, int batches, long taken) {}

  /** Brings all changes that there are when it begins. */
  private Round round(Arrival from, State state) throws SQLException {
    long last = source.lastChange();
    var arrival = from;
    int batches = 0;
    long taken = 0;
    while (true) {
      var changes = source.changes(arrival.position(), last, BATCH);
      boolean whole = changes.size() < BATCH;
      var ours = changes.stream().filter(change -> keys.contains(change.name())).toList();
      arrival =
          arrival.at(whole ? last : changes.getLast().version(), whole ? state : State.FOLLOWING);
      destination.take(ours, last, arrival);
      batches++;
      taken += ours.size();
      if (whole) {
        return new Round(arrival, batches, taken);
      }
    }
  }

  private List<Product> inRange(List<Product> products) {
    return products.stream().filter(product -> keys.contains(product.name())).toList();
  }
}
