package dev.cubit.load;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * A look at a load that goes on, once a sample interval.
 *
 * @param done share of the extent, 0 to 1; empty for a load without an end
 * @param last the interval that has just ended
 * @param responses until now
 * @param errors until now, mismatches among them
 */
public record Progress(
    Duration elapsed, OptionalDouble done, LoadResult.Sample last, long responses, long errors) {}
