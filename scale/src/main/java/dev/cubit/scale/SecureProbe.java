package dev.cubit.scale;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.cubit.scale.gateway.Endpoint;
import dev.cubit.scale.gateway.Gateway;
import dev.cubit.scale.topology.Care.Health;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a server over TLS whether it is well, as {@link dev.cubit.scale.clone.Probe} does without:
 * at one of the addresses of its name, which the JDK's HTTP client cannot.
 */
final class SecureProbe {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
  private static final int LONGEST_LINE = 4096;

  private SecureProbe() {}

  /** Why it is not healthy; empty where it is. */
  static Optional<String> health(Gateway gateway, Endpoint server, Health health)
      throws InterruptedException {
    String question = "GET " + health.path();
    long until = System.nanoTime() + health.timeout().toNanos();
    try (Socket open = new Socket()) {
      open.connect(new InetSocketAddress(server.host(), server.port()), left(until));
      open.setSoTimeout(left(until));
      try (Socket secure = gateway.secure(server, open)) {
        secure.getOutputStream().write(request(server, health).getBytes(ISO_8859_1));
        String line = firstLine(secure, until);
        Matcher status = STATUS.matcher(line);
        if (!status.matches()) {
          return Optional.of(question + " is not answered by HTTP/1.1");
        }
        return status.group(1).startsWith("2")
            ? Optional.empty()
            : Optional.of(question + " answers " + status.group(1));
      }
    } catch (SocketTimeoutException e) {
      return Optional.of(
          question + " is not answered within " + health.timeout().toMillis() + " ms");
    } catch (IOException e) {
      if (Thread.interrupted()) { // a virtual thread's socket is closed by it
        throw new InterruptedException();
      }
      return Optional.of(question + " fails: " + e.getMessage());
    }
  }

  private static String request(Endpoint server, Health health) {
    InetSocketAddress named =
        InetSocketAddress.createUnresolved(server.serverName(), server.port());
    return "GET "
        + health.path()
        + " HTTP/1.1\r\nHost: "
        + NetUtil.toSocketAddressString(named)
        + "\r\nUser-Agent: cubit\r\nConnection: close\r\n\r\n";
  }

  private static String firstLine(Socket secure, long until) throws IOException {
    InputStream in = secure.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read != '\n' && line.length() < LONGEST_LINE; read = in.read()) {
      if (read < 0) {
        throw new IOException("it closes the connection");
      }
      line.append((char) read);
      secure.setSoTimeout(left(until));
    }
    return line.toString().stripTrailing();
  }

  /** Milliseconds until then. */
  private static int left(long until) throws SocketTimeoutException {
    long millis = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
    if (millis <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(Integer.MAX_VALUE, millis);
  }
}
