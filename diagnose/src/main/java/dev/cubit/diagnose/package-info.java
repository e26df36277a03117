/**
 * Finds what holds a service on the JVM back. Read {@link dev.cubit.diagnose.flight.Flight} first,
 * which records a JVM, and {@link dev.cubit.diagnose.recording.Recording}, what was found.
 */
@NullMarked
package dev.cubit.diagnose;

import org.jspecify.annotations.NullMarked;
