/** Microbenchmarks of symbols. Read {@link EncodeBenchmark}. */
@NullMarked
package dev.cubit.qr.symbol;

import org.jspecify.annotations.NullMarked;
