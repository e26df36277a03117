package dev.cubit.scale.clone;

/**
 * One process of a service, as its neighbours know it.
 *
 * @param service its name
 * @param version its name
 * @param partition its name; empty where there are none
 * @param number from 1 within version and partition; a clone that replaces another has its number
 * @param generation how many processes have had this number before
 * @param pid of the process
 * @param host loopback address that it listens on
 */
public record Clone(
    String service,
    String version,
    String partition,
    int number,
    int generation,
    long pid,
    String host,
    int port) {

  /** Unique in the running system: {@code products.A-L.2}. */
  public String name() {
    return service
        + (version.equals("main") ? "" : "@" + version)
        + (partition.isEmpty() ? "" : "." + partition)
        + "."
        + number;
  }

  /** Its name where a file or folder is named for it: names of partitions may have any letters. */
  String fileName() {
    return name().replaceAll("[^\\w@.-]", "_");
  }
}
