/** Microbenchmarks of what is package-private in the load generator. */
@NullMarked
package dev.cubit.load;

import org.jspecify.annotations.NullMarked;
