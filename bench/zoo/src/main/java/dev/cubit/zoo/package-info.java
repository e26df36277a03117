/**
 * Small HTTP servers with a known fault each, on which the doctor is judged. Read {@link Zoo} for
 * how one is started, {@link Catalogue} for all of them, and {@link Stack} for what they run on.
 */
@NullMarked
package dev.cubit.zoo;

import org.jspecify.annotations.NullMarked;
