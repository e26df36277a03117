/**
 * A recording as it is made: {@link dev.cubit.diagnose.flight.Flight} begins and ends it, {@link
 * dev.cubit.diagnose.flight.Settings} are the events that it asks the JVM for.
 */
@NullMarked
package dev.cubit.diagnose.flight;

import org.jspecify.annotations.NullMarked;
