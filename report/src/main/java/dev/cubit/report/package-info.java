/**
 * Results for people: tables for a terminal, JSON for programs, self-contained pages for a browser.
 * Read {@link dev.cubit.report.RunText}, {@link dev.cubit.report.RunJson} and {@link
 * dev.cubit.report.RunPage} first.
 */
@NullMarked
package dev.cubit.report;

import org.jspecify.annotations.NullMarked;
