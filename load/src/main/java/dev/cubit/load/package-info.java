@NullMarked
package dev.cubit.load;

import org.jspecify.annotations.NullMarked;
