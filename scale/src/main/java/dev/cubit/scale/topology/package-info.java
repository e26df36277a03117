/**
 * A cubit.yaml, read and checked. Read {@link dev.cubit.scale.topology.Topology} first; what is in
 * it has been checked, so that the rest of the room asks no more whether it makes sense.
 */
@NullMarked
package dev.cubit.scale.topology;

import org.jspecify.annotations.NullMarked;
