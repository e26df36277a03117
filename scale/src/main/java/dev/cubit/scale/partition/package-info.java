/** From a request to its key, and from a key to the partition that owns it. */
@NullMarked
package dev.cubit.scale.partition;

import org.jspecify.annotations.NullMarked;
