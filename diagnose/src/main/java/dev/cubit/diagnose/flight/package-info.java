/**
 * A recording as it is made, by a {@link dev.cubit.diagnose.flight.Recorder}: {@link
 * dev.cubit.diagnose.flight.Flight} is the JVM's own, {@link dev.cubit.diagnose.flight.Settings}
 * are the events that it asks for; {@link dev.cubit.diagnose.flight.AsyncFlight} is async-profiler.
 */
@NullMarked
package dev.cubit.diagnose.flight;

import org.jspecify.annotations.NullMarked;
