@NullMarked
package dev.cubit.diagnose.heap;

import org.jspecify.annotations.NullMarked;
