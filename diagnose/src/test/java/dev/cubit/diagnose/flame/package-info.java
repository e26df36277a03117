@NullMarked
package dev.cubit.diagnose.flame;

import org.jspecify.annotations.NullMarked;
