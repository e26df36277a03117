package dev.cubit.diagnose.bubble;

/**
 * Threads that serve requests and were hardly ever free: what is not explained likely waited for
 * them. What they did is at the edges from the unexplained bubble.
 *
 * @param threads how many
 * @param names what their names have in common
 * @param busyShare of the time, mean, 0 to 1
 * @param eventLoop whether they are event loops
 */
public record Queue(int threads, String names, double busyShare, boolean eventLoop) {}
