package dev.cubit.zoo;

/**
 * A server and what is known of it.
 *
 * @param name how it is asked for
 * @param truth what holds it back
 * @param flags what its JVM is started with, between blanks
 * @param load words for {@code cubit doctor}: the connections, or the rate
 * @param path what is asked of it
 * @param start listens on a port and returns the one it is
 */
record Animal(String name, Truth truth, String flags, String load, String path, Start start) {
  /** Starts a server on a port, 0 for a free one. */
  @FunctionalInterface
  interface Start {
    int on(int port) throws Exception;
  }

  /** Beside what serves requests, this one has threads that wait for other things to do. */
  Animal withNeighbours() {
    return new Animal(
        name,
        truth,
        flags,
        load,
        path,
        port -> {
          Neighbours.moveIn();
          return start.on(port);
        });
  }

  /** For {@code --list}. */
  String line() {
    return String.join("\t", name, truth.id(), flags, load, path);
  }
}
