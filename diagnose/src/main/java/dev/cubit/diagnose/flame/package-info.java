/**
 * Flame graphs: {@link dev.cubit.diagnose.flame.FlameGraph} is the tree of stacks of a recording
 * under one {@link dev.cubit.diagnose.flame.Lens}.
 */
@NullMarked
package dev.cubit.diagnose.flame;

import org.jspecify.annotations.NullMarked;
