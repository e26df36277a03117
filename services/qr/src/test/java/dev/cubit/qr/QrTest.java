package dev.cubit.qr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.server.Program;
import dev.cubit.server.RawClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program from its start to its end, as a real process. */
final class QrTest {
  @Test
  void says_where_it_listens_and_ends_at_a_term_signal() throws Exception {
    try (var program = Program.start(Qr.class, Map.of("PORT", "0", "EVENT_LOOPS", "2"));
        var client = new RawClient(program.port())) {
      assertThat(client.exchange("GET /?data=a HTTP/1.1\r\nhost: x\r\n\r\n"))
          .contains("content-type: image/png");

      long asked = System.nanoTime();
      program.terminate();

      assertThat(program.exitCode()).isIn(0, 143);
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
      assertThat(program.err().lines())
          .singleElement()
          .asString()
          .contains("with 2 event loops on ");
      assertThat(program.out()).isEmpty();
    }
  }

  /** One loop, so that all but the first request wait in their sockets while it works. */
  @Test
  void requests_that_wait_at_a_term_signal_are_answered() throws Exception {
    var request = "GET /?data=" + "x".repeat(2000) + " HTTP/1.1\r\nhost: x\r\n\r\n";
    var clients = new ArrayList<RawClient>();
    try (var program = Program.start(Qr.class, Map.of("PORT", "0", "EVENT_LOOPS", "1"))) {
      for (int i = 0; i < 10; i++) {
        clients.add(new RawClient(program.port()));
        // All connections are known to the loop before it is kept busy.
        assertThat(clients.getLast().exchange("GET /x HTTP/1.1\r\nhost: x\r\n\r\n"))
            .startsWith("HTTP/1.1 404");
      }
      for (var client : clients) {
        client.send(request);
      }
      assertThat(clients.getFirst().head()).startsWith("HTTP/1.1 200 OK");

      program.terminate();

      for (var client : clients.subList(1, clients.size())) {
        assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
      }
      assertThat(program.exitCode()).isIn(0, 143);
      assertThat(program.err()).doesNotContain("cut off");
    } finally {
      for (var client : clients) {
        client.close();
      }
    }
  }

  @Test
  void a_port_in_use_is_one_sentence_and_exit_code_3() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var program =
            Program.start(Qr.class, Map.of("PORT", Integer.toString(taken.getLocalPort())))) {
      assertThat(program.exitCode()).isEqualTo(3);
      assertThat(program.err())
          .isEqualTo(
              "qr: 127.0.0.1:%d is already in use; set PORT to another port (0 takes a free one)\n"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void an_address_of_another_machine_is_one_sentence_and_exit_code_3() throws Exception {
    try (var program = Program.start(Qr.class, Map.of("PORT", "0", "HOST", "192.0.2.1"))) {
      assertThat(program.exitCode()).isEqualTo(3);
      assertThat(program.err().lines())
          .singleElement()
          .asString()
          .startsWith("qr: cannot listen on 192.0.2.1:0: ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, abc, PORT is 'abc'; set it to a whole number from 0 to 65535",
    "LOG_LEVEL, loud, 'LOG_LEVEL is ''loud''; set it to trace, debug, info, warn, error or off'",
  })
  void a_bad_variable_is_one_sentence_and_exit_code_2(String name, String value, String sentence)
      throws Exception {
    try (var program = Program.start(Qr.class, Map.of(name, value))) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.err()).isEqualTo("qr: " + sentence + "\n");
    }
  }

  @Test
  void help_shows_examples() throws Exception {
    try (var program = Program.start(Qr.class, Map.of(), "--help")) {
      assertThat(program.exitCode()).isZero();
      assertThat(program.out()).contains("Usage: java -jar qr.jar", "Examples:");
      assertThat(program.err()).isEmpty();
    }
  }
}
