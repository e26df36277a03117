/**
 * Results for people: tables for a terminal, JSON for programs, self-contained pages for a browser;
 * all but what is shown while a load goes on ({@link dev.cubit.report.ProgressLine}) are pure
 * functions of a result. Read {@link dev.cubit.report.RunText}, {@link dev.cubit.report.RunJson}
 * and {@link dev.cubit.report.RunPage} first.
 *
 * <p>Of {@code load} and {@code target} only the records that a run holds are known here.
 */
@NullMarked
package dev.cubit.report;

import org.jspecify.annotations.NullMarked;
