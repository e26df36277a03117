/**
 * A running JVM: {@link dev.cubit.diagnose.jvm.Jvm} attaches to it, {@link
 * dev.cubit.diagnose.jvm.ThreadDump} is what all its threads do at a moment.
 */
@NullMarked
package dev.cubit.diagnose.jvm;

import org.jspecify.annotations.NullMarked;
