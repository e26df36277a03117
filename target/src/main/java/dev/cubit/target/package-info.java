/**
 * The service under test as a process: its command, its port, when it is ready, what it uses of the
 * machine, its end. Read {@link dev.cubit.target.Target}, {@link dev.cubit.target.TargetCommand}
 * and {@link dev.cubit.target.Watch} first.
 */
@NullMarked
package dev.cubit.target;

import org.jspecify.annotations.NullMarked;
