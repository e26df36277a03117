/**
 * What is concluded from loads. Read {@link dev.cubit.measure.Run} (what is kept of one load),
 * {@link dev.cubit.measure.Baseline} (how it comes about) and {@link dev.cubit.measure.Comparison}
 * (two of them) first.
 */
@NullMarked
package dev.cubit.measure;

import org.jspecify.annotations.NullMarked;
