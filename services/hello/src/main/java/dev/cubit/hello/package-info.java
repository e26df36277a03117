/**
 * The ceiling: a server that does nothing but answer. Read {@link Hello} for how it starts and
 * stops, {@link HelloServer} for how it is spread over event loops, and {@link Answer} for what one
 * request costs.
 */
@NullMarked
package dev.cubit.hello;

import org.jspecify.annotations.NullMarked;
