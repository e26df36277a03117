/**
 * The running system of one cubit.yaml. Read {@link dev.cubit.scale.topology.Topology} first, which
 * is that file; then {@code clone} (the processes), {@code gateway} (the way to them) and {@code
 * partition} (which part owns a key). Servers that run already are kept by {@link
 * dev.cubit.scale.FixedServers}.
 */
@NullMarked
package dev.cubit.scale;

import org.jspecify.annotations.NullMarked;
