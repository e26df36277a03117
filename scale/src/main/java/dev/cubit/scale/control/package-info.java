/**
 * How a second terminal talks to the running system: HTTP/1.1 and JSON over a Unix socket that only
 * its owner can open. Read {@link dev.cubit.scale.control.ControlServer} first, which the running
 * system opens; then {@link dev.cubit.scale.control.Answer}, which is what it can say, and {@link
 * dev.cubit.scale.control.ControlClient}, which the second terminal holds. What there is to ask for
 * is not known here.
 */
@NullMarked
package dev.cubit.scale.control;

import org.jspecify.annotations.NullMarked;
