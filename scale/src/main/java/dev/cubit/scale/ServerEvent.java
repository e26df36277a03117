package dev.cubit.scale;

/**
 * What happens to a server that Cubit has not started.
 *
 * @param service its name
 * @param server its name, or the DNS name that leads to servers, as the file has it
 * @param sentence without its subject, as {@code gets no requests: GET /health answers 500}
 */
public record ServerEvent(String service, String server, String sentence) {}
