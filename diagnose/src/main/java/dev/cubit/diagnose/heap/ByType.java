package dev.cubit.diagnose.heap;

/**
 * What was allocated of one class.
 *
 * @param type as in source code: {@code byte[]}
 * @param share of all that was allocated, 0 to 1
 */
public record ByType(String type, double bytes, double share) {}
