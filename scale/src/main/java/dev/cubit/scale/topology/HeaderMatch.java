package dev.cubit.scale.topology;

/**
 * A header field that a request has.
 *
 * @param name in lower case
 * @param value compared as it is
 */
public record HeaderMatch(String name, String value) {}
