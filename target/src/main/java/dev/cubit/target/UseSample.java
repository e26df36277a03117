package dev.cubit.target;

import java.time.Duration;

/**
 * A look at a target's use of the machine.
 *
 * @param at since the watch began
 * @param cpuPercent since the sample before; 100 is one core
 */
public record UseSample(Duration at, double cpuPercent, long rssBytes) {}
