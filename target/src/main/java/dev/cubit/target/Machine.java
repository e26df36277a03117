package dev.cubit.target;

/**
 * A machine, as far as a measurement depends on it.
 *
 * @param system name and version of the operating system's distribution
 * @param java vendor and version of the JVM that runs Cubit
 */
public record Machine(
    int cores, String cpuModel, long memoryBytes, String system, String kernel, String java) {}
