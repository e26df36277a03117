package dev.cubit.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What pages are made of, from the class path. */
final class Resources {
  private static final String PLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  private Resources() {}

  /** A file of this room. */
  static String own(String name) {
    return read(name);
  }

  /** A file of uPlot's. */
  static String plot(String name) {
    return read(PLOT + name);
  }

  /** A file of another WebJar: {@code d3-force/3.0.0/dist/d3-force.min.js}. */
  static String web(String name) {
    return read("/META-INF/resources/webjars/" + name);
  }

  private static String read(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
