@NullMarked
package dev.cubit.diagnose.rules;

import org.jspecify.annotations.NullMarked;
