/**
 * The HTTP load generator: a plan in, a result out. Read {@link dev.cubit.load.LoadPlan}, {@link
 * dev.cubit.load.LoadRun} and {@link dev.cubit.load.LoadResult} first.
 */
@NullMarked
package dev.cubit.load;

import org.jspecify.annotations.NullMarked;
