package dev.cubit.diagnose.flight;

/**
 * What the last second of a recording shows, while it goes on.
 *
 * @param machine share of the machine's CPU in use, 0 to 1
 * @param jvm share of the machine's CPU that the JVM uses, 0 to 1
 * @param stopped share of the second that the collector had stopped all threads, 0 to 1
 * @param allocated bytes a second
 */
public record LiveLook(double machine, double jvm, double stopped, double allocated) {}
