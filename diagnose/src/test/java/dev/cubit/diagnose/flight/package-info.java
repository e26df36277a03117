@NullMarked
package dev.cubit.diagnose.flight;

import org.jspecify.annotations.NullMarked;
