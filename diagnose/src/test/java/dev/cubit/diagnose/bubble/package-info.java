/** Tests of where bubbles put time: on recordings made by hand, and on real ones. */
@NullMarked
package dev.cubit.diagnose.bubble;

import org.jspecify.annotations.NullMarked;
