package dev.cubit.scale.gateway;

/**
 * One server that requests can be sent to.
 *
 * @param service its name
 * @param version its name; {@code main} where there are none
 * @param partition its name; empty where there are none
 * @param name of the clone, unique in the running system, as {@code qr.2}
 * @param host address or name
 * @param tls whether it is spoken to over TLS
 * @param serverName that its certificate must have then: as the file names it
 */
public record Endpoint(
    String service,
    String version,
    String partition,
    String name,
    String host,
    int port,
    boolean tls,
    String serverName) {

  /** One that is named as it is found. */
  public Endpoint(
      String service,
      String version,
      String partition,
      String name,
      String host,
      int port,
      boolean tls) {
    this(service, version, partition, name, host, port, tls, host);
  }
}
