package dev.cubit.report;

/**
 * Something that is known of a run, one line.
 *
 * @param name what it is about
 * @param text free of controls, see {@link Plain}
 */
record Fact(String name, String text) {}
