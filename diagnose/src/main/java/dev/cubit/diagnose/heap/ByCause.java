package dev.cubit.diagnose.heap;

/**
 * Collections of one kind for one cause.
 *
 * @param name of the collector: {@code G1New}
 * @param cause in the JVM's words
 * @param pausedSeconds in all
 */
public record ByCause(
    String name, String cause, long count, double pausedSeconds, double longestSeconds) {}
