package dev.cubit.scale.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever comes in. */
@SuppressWarnings("NullAway.Init") // by jqwik's hook
final class RequestBytesProperties {
  private static Controlled system;
  private static Path folder;

  @BeforeContainer
  static void start() throws Exception {
    folder = Files.createTempDirectory("cubit");
    system = new Controlled(folder, Controlled::echo);
  }

  @AfterContainer
  static void stop() throws IOException {
    system.close();
    Files.delete(folder);
  }

  @Property(tries = 2000)
  void is_answered_or_refused_and_is_no_bug(@ForAll("almostRequests") List<String> parts)
      throws IOException {
    String answers = system.raw(String.join("", parts));
    assertThat(answers)
        .satisfiesAnyOf(
            none -> assertThat(none).isEmpty(),
            some -> assertThat(some).matches("(?s)HTTP/1\\.1 (100|200|400|413|414|431) .*"));
    assertThat(system.bugs).isEmpty();
  }

  @Provide
  Arbitrary<List<String>> almostRequests() {
    Arbitrary<String> words =
        Arbitraries.of(
            Stream.of(
                    "GET / HTTP/1.1\r\n"
                        + "|POST /a/b?c=d HTTP/1.1\r\n"
                        + "|GET|CONNECT x:1 HTTP/1.1\r\n"
                        + "| |/|HTTP/1.1|HTTP/9.9|\r\n"
                        + "|\n"
                        + "|\r"
                        + "|\r\n\r\n"
                        + "|content-length: 2\r\n"
                        + "|content-length: -1\r\n"
                        + "|transfer-encoding: chunked\r\n"
                        + "|transfer-encoding: gzip\r\n"
                        + "|2\r\n"
                        + "{}\r\n"
                        + "|0\r\n\r\n"
                        + "|{}|%|?|&|:|expect: 100-continue\r\n"
                        + "|connection: close\r\n"
                        + "|upgrade: h2c\r\n")
                .flatMap(all -> Stream.of(all.split("\\|")))
                .toList());
    Arbitrary<String> noise = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(9);
    return Arbitraries.frequencyOf(Tuple.of(5, words), Tuple.of(1, noise)).list().ofMaxSize(12);
  }
}
