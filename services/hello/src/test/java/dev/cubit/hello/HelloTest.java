package dev.cubit.hello;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.server.Program;
import dev.cubit.server.RawClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program from its start to its end, as a real process. */
final class HelloTest {
  @Test
  void says_where_it_listens_and_ends_at_a_term_signal() throws Exception {
    try (var program = Program.start(Hello.class, Map.of("PORT", "0", "EVENT_LOOPS", "2"));
        var client = new RawClient(program.port())) {
      assertThat(client.exchange("GET / HTTP/1.1\r\nhost: x\r\n\r\n")).endsWith("Hello World\n");

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

  @Test
  void a_response_under_way_is_finished_after_a_term_signal() throws Exception {
    int bytes = 32 << 20;
    try (var program =
            Program.start(Hello.class, Map.of("PORT", "0", "BODY_BYTES", Integer.toString(bytes)));
        var socket = new Socket(InetAddress.getLoopbackAddress(), program.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(US_ASCII));
      var in = socket.getInputStream();
      int begun = in.readNBytes(100).length;

      program.terminate();

      int body = begun + in.readAllBytes().length;
      assertThat(body).as("bytes of head and body").isBetween(bytes, bytes + 200);
      assertThat(program.exitCode()).isIn(0, 143);
    }
  }

  @Test
  void two_that_are_told_to_share_their_port_both_listen_and_one_may_go() throws Exception {
    var shared = Map.of("REUSE_PORT", "1", "EVENT_LOOPS", "1", "PORT", "0");
    try (var first = Program.start(Hello.class, shared)) {
      var environment = new HashMap<>(shared);
      environment.put("PORT", Integer.toString(first.port()));
      try (var second = Program.start(Hello.class, environment)) {
        assertThat(second.port()).isEqualTo(first.port());
        first.terminate();
        assertThat(first.exitCode()).isIn(0, 143);
        try (var client = new RawClient(second.port())) {
          assertThat(client.exchange("GET / HTTP/1.1\r\nhost: x\r\n\r\n"))
              .endsWith("Hello World\n");
        }
      }
    }
  }

  @Test
  void a_port_in_use_is_one_sentence_and_exit_code_3() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var program =
            Program.start(Hello.class, Map.of("PORT", Integer.toString(taken.getLocalPort())))) {
      assertThat(program.exitCode()).isEqualTo(3);
      assertThat(program.err())
          .isEqualTo(
              "hello: 127.0.0.1:%d is already in use; set PORT to another port (0 takes a free one)\n"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void an_address_of_another_machine_is_one_sentence_and_exit_code_3() throws Exception {
    try (var program = Program.start(Hello.class, Map.of("PORT", "0", "HOST", "192.0.2.1"))) {
      assertThat(program.exitCode()).isEqualTo(3);
      assertThat(program.err().lines())
          .singleElement()
          .asString()
          .startsWith("hello: cannot listen on 192.0.2.1:0: ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, abc, PORT is 'abc'; set it to a whole number from 0 to 65535",
    "LOG_LEVEL, loud, 'LOG_LEVEL is ''loud''; set it to trace, debug, info, warn, error or off'",
  })
  void a_bad_variable_is_one_sentence_and_exit_code_2(String name, String value, String sentence)
      throws Exception {
    try (var program = Program.start(Hello.class, Map.of(name, value))) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.err()).isEqualTo("hello: " + sentence + "\n");
    }
  }

  @Test
  void help_shows_examples() throws Exception {
    try (var program = Program.start(Hello.class, Map.of(), "--help")) {
      assertThat(program.exitCode()).isZero();
      assertThat(program.out()).contains("Usage: java -jar hello.jar", "Examples:");
      assertThat(program.err()).isEmpty();
    }
  }
}
