/** Microbenchmarks of pictures. Read {@link PngBenchmark}. */
@NullMarked
package dev.cubit.qr.image;

import org.jspecify.annotations.NullMarked;
