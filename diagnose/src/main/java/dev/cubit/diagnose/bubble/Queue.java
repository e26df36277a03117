package dev.cubit.diagnose.bubble;

/**
 * Threads that serve requests and were hardly ever free: what is not explained waited for them.
 *
 * @param threads how many
 * @param names what their names have in common
 * @param busyShare of the time, mean, 0 to 1
 * @param doing the bubble that took most of it
 * @param doingShare of the time that they were busy, 0 to 1
 * @param eventLoop whether they are event loops
 */
public record Queue(
    int threads, String names, double busyShare, int doing, double doingShare, boolean eventLoop) {}
