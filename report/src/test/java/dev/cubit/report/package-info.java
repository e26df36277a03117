/** Tests of the reports; {@link dev.cubit.report.Example} makes the runs that they tell. */
@NullMarked
package dev.cubit.report;

import org.jspecify.annotations.NullMarked;
