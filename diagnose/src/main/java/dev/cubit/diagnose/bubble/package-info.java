/**
 * Where the time of requests goes while it is not spent on the CPU: {@link
 * dev.cubit.diagnose.bubble.Bubbles} is the answer, {@link dev.cubit.diagnose.bubble.Bubble} one
 * group of it, {@link dev.cubit.diagnose.bubble.Places} decides which wait belongs to which group.
 */
@NullMarked
package dev.cubit.diagnose.bubble;

import org.jspecify.annotations.NullMarked;
