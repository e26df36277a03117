/**
 * Pictures of symbols. Read {@link ImageWriter} for the formats, {@link Layout} for where the
 * modules stand, and {@link PngWriter} for the one that has to be fast.
 */
@NullMarked
package dev.cubit.qr.image;

import org.jspecify.annotations.NullMarked;
