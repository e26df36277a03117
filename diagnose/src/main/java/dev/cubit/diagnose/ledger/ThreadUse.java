package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.jvm.NativeThread;

/**
 * What one thread used of the cores while it was watched.
 *
 * @param cpu its share of the time on a core, 0 to 1
 * @param ready its share of the time waiting for a core, 0 to 1
 */
public record ThreadUse(NativeThread thread, double cpu, double ready) {}
