package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop of the examples, as README has a new user shop in it. */
class ShopTest {
  private static final Path SHOP = Checkout.ROOT.resolve("examples/shop");
  private static final Pattern CURL = Pattern.compile("(?m)^curl .*localhost:8080.*$");

  @TempDir Path folder = Path.of("");

  @Test
  void readme_s_own_lines_buy_an_apple() throws Exception {
    int port = freePort();
    String file = Files.readString(SHOP.resolve("cubit.yaml"));
    assertThat(file).contains("listen: 8080");
    Files.writeString(
        folder.resolve("cubit.yaml"), file.replace("listen: 8080", "listen: " + port));
    Files.createSymbolicLink(folder.resolve("services"), SHOP.resolve("services"));
    List<String> lines =
        CURL.matcher(Files.readString(Checkout.ROOT.resolve("README.md")))
            .results()
            .map(line -> line.group().replace("localhost:8080", "127.0.0.1:" + port))
            .toList();

    try (Upped up = Upped.start(folder, environment(port), List.of()).awaitUp()) {
      List<String> answers = lines.stream().map(this::shell).toList();

      assertThat(answers).hasSize(4);
      assertThat(answers.get(0)).contains("\"name\":\"Apple\"", "\"amount\":120");
      assertThat(answers.get(1)).contains("\"product\":\"Apple\"", "\"quantity\":2");
      assertThat(answers.get(2)).contains("\"order\":", "\"totals\":{\"EUR\":240}");
      assertThat(answers.get(3)).startsWith("[{\"name\":\"Apple\"");

      assertThat(up.get("/qr?data=hello").statusCode()).isEqualTo(200);
      assertThat(up.cubit("reload", "products").exitCode()).isZero();
      assertThat(shell(lines.getLast())).isEqualTo(answers.getLast());
    }
  }

  /** The shop's services need the java that Cubit runs on, and cart the gateway's port. */
  private static Map<String, String> environment(int port) {
    String bin = Path.of(System.getProperty("java.home"), "bin").toString();
    return Map.of(
        "PATH",
        bin + File.pathSeparator + System.getenv("PATH"),
        "PRODUCTS_URL",
        "http://127.0.0.1:" + port);
  }

  private String shell(String line) {
    try {
      Path answer = Files.createTempFile(folder, "answer", "");
      Process shell =
          new ProcessBuilder("bash", "-c", line.replaceFirst("^curl", "curl -sS -m 30"))
              .redirectErrorStream(true)
              .redirectOutput(answer.toFile())
              .start();
      shell.waitFor();
      return Files.readString(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
