/** The supervisor: starts, watches, replaces and ends clones. Read {@code Fleet} first. */
@NullMarked
package dev.cubit.scale.clone;

import org.jspecify.annotations.NullMarked;
