/**
 * From a request to its key, and from a key to the partition that owns it. Read {@link
 * dev.cubit.scale.partition.KeyFinder} and {@link dev.cubit.scale.partition.PartitionMap} first;
 * {@link dev.cubit.scale.partition.KeySketch} is what is known of the keys that were asked for, and
 * {@link dev.cubit.scale.partition.MergedArrays} the answer to a request that has none.
 */
@NullMarked
package dev.cubit.scale.partition;

import org.jspecify.annotations.NullMarked;
