package dev.cubit.scale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever comes in. */
@SuppressWarnings("NullAway.Init") // by jqwik's hook
final class RequestBytesProperties {
  private static final Controlled SYSTEM = start();

  private static Controlled start() {
    try {
      return new Controlled(Files.createTempDirectory("cubit"), Controlled::echo);
    } catch (IOException | ScaleException e) {
      throw new AssertionError(e);
    }
  }

  @AfterContainer
  static void stop() throws IOException {
    SYSTEM.close();
    Files.delete(SYSTEM.folder);
  }

  @Property(tries = 2000)
  void is_answered_or_refused_and_is_no_bug(@ForAll("almostRequests") List<String> parts)
      throws IOException {
    String answers = SYSTEM.raw(String.join("", parts));
    assertThat(answers)
        .satisfiesAnyOf(
            none -> assertThat(none).isEmpty(),
            some -> assertThat(some).matches("(?s)HTTP/1\\.1 (100|200|400|413|414|431) .*"));
    assertThat(SYSTEM.bugs).isEmpty();
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
                .flatMap(all -> Stream.of(all.split("\\|", 0)))
                .toList());
    Arbitrary<String> noise = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(9);
    return Arbitraries.frequencyOf(Tuple.of(5, words), Tuple.of(1, noise)).list().ofMaxSize(12);
  }
}
