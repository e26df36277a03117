@NullMarked
package dev.cubit.diagnose.jvm;

import org.jspecify.annotations.NullMarked;
