/** How a second terminal talks to the running system: HTTP and JSON over a Unix socket. */
@NullMarked
package dev.cubit.scale.control;

import org.jspecify.annotations.NullMarked;
