/**
 * What a long-running program tells while it runs. For now that is its log: read {@link Logs}
 * first, then {@link LogSettings} for the words that steer it.
 */
@NullMarked
package dev.cubit.observe;

import org.jspecify.annotations.NullMarked;
