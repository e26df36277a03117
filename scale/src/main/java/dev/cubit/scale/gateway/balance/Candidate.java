package dev.cubit.scale.gateway.balance;

import org.jspecify.annotations.Nullable;

/**
 * One endpoint as the balancer of one event loop sees it. Owned by the loop; it outlives changes of
 * the endpoint list, so that no count is lost. The gateway extends it by what it keeps of an
 * endpoint: connections, counts.
 */
public class Candidate {
  private final String name;
  private final long since;
  private int outstanding;
  private int limit = Integer.MAX_VALUE;
  private boolean up = true;
  private boolean ejected;
  private long nameHash;
  private double weight = 1;
  private @Nullable Object memory;
  private final Ejection.Health health = new Ejection.Health();

  /**
   * A new one.
   *
   * @param name unique among those of a service, and the same on each loop: what is hashed
   * @param sinceNanos of {@link System#nanoTime}, when it was admitted
   */
  public Candidate(String name, long sinceNanos) {
    this.name = name;
    this.since = sinceNanos;
  }

  /** Unique among those of a service. */
  public final String name() {
    return name;
  }

  /** When it was admitted, of {@link System#nanoTime}. */
  public final long sinceNanos() {
    return since;
  }

  /** Requests of this loop that are under way to it. */
  public final int outstanding() {
    return outstanding;
  }

  /** How many this loop may have under way to it. */
  public final void limit(int requests) {
    limit = requests;
  }

  /** False while checks say that it should not be asked. */
  public final boolean isUp() {
    return up;
  }

  /** Says whether it should be asked. */
  public final void up(boolean now) {
    up = now;
  }

  /** Whether it is taken out for a while as it failed or was slow. */
  public final boolean isEjected() {
    return ejected;
  }

  final void ejected(boolean now) {
    ejected = now;
  }

  final Ejection.Health health() {
    return health;
  }

  /** {@link KeyHash} of its name. */
  public final long nameHash() {
    if (nameHash == 0) {
      nameHash = KeyHash.of(name);
    }
    return nameHash;
  }

  /** Its share against the others', above 0: less than 1 while it starts slowly. */
  public final double weight() {
    return weight;
  }

  /** Sets its share against the others', above 0. */
  public final void weight(double share) {
    weight = share;
  }

  /** Whether it may be given one more request. */
  public final boolean isFree() {
    return up && !ejected && outstanding < limit;
  }

  /** What a policy keeps of it between requests; null before it is set. */
  public final @Nullable Object memory() {
    return memory;
  }

  /** Keeps something of it for a policy. */
  public final void memory(Object kept) {
    memory = kept;
  }

  /** A request was given to it. */
  public void begun() {
    outstanding++;
  }

  /** One of its requests has ended. */
  public void ended() {
    outstanding--;
  }
}
