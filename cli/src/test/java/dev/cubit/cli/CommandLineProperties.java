package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Whatever is typed: a plan, or one sentence. Never a stack trace, and nothing between. */
class CommandLineProperties {
  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "-1",
          "7",
          "10s",
          "1m30s",
          "500ms",
          "auto",
          "x",
          "",
          " ",
          "K=V",
          "K: V",
          "[",
          "]",
          "99999999999999999999",
          "1e9",
          "NaN",
          "http://localhost:1/",
          "localhost",
          "/",
          "/?a=b",
          "ftp://x",
          "http://[::1]:80/",
          "http://:80",
          "status=200",
          "p99<50ms",
          "\u0000",
          "\uD83D\uDE00",
          "--",
          "-",
          "---",
          "[ -c 1 -d 3 ]",
          "/nowhere/file",
          "poisson",
          "random",
          "nio");

  @Property(tries = 1_000)
  void any_words_make_a_plan_or_one_sentence(@ForAll("lines") List<String> line) {
    Optional<String> complaint = Asked.complaint(line.toArray(String[]::new));

    complaint.ifPresent(
        sentence -> assertThat(sentence).isNotBlank().hasLineCount(1).doesNotContain("Exception"));
  }

  @Property(tries = 300)
  void any_option_and_any_text_make_a_plan_or_one_sentence(
      @ForAll("options") String option, @ForAll String value) {
    Optional<String> complaint = Asked.complaint(option, value, "http://localhost:1/");

    complaint.ifPresent(
        sentence -> assertThat(sentence).isNotBlank().hasLineCount(1).doesNotContain("Exception"));
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.oneOf(options(), Arbitraries.of(VALUES)).list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<String> options() {
    CommandLine baseline =
        Optional.ofNullable(Cubit.commandLine().getSubcommands().get("baseline")).orElseThrow();
    List<String> names =
        baseline.getCommandSpec().options().stream()
            .map(OptionSpec::names)
            .flatMap(Stream::of)
            .toList();
    return Arbitraries.of(names);
  }
}
