package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.load.Check;
import dev.cubit.load.Extent;
import dev.cubit.load.Header;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.LoadPlan.Order;
import dev.cubit.load.Pace;
import dev.cubit.load.Protocol;
import dev.cubit.load.Request;
import dev.cubit.load.Transport;
import dev.cubit.measure.WarmUpPlan;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words in, plan out: nothing is started and nothing is sent here. */
class BaselineWordsTest {
  private static final String URL = "http://localhost:8080/";

  @TempDir Path folder = Path.of("");

  @Test
  void without_options_it_is_autocannons_default_load() throws CliException {
    LoadPlan plan = Asked.of(URL).plan();

    assertThat(plan.connections().count()).isEqualTo(10);
    assertThat(plan.connections().pipelining()).isEqualTo(1);
    assertThat(plan.extent()).isEqualTo(new Extent.Time(Duration.ofSeconds(10)));
    assertThat(plan.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(plan.sampleInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(plan.pace()).isEqualTo(new Pace.AsAnswered());
    assertThat(plan.transport()).isEqualTo(Transport.AUTO);
    assertThat(plan.requests()).singleElement().extracting(Request::method).isEqualTo("GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-c 200", "-c200", "-c=200", "--connections 200", "--connections=200"})
  void a_number_is_read_in_every_way_of_writing_it(String words) throws CliException {
    assertThat(Asked.of(words + " " + URL).plan().connections().count()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "-p 4, --pipelining 4",
    "-d 3, --duration 3",
    "-a 7, --amount 7",
    "-L 100, --sampleInt 100",
    "-L 100, --sample-interval 100ms",
    "-S /s, --socketPath /s",
    "-S /s, --socket-path /s",
    "-w 2, --workers 2",
    "-W 5, --warmup 5s",
    "-m PUT, --method PUT",
    "-t 3, --timeout 3s",
    "-b x, --body x",
    "-H a=b, --headers a=b",
    "-H a=b, --header a:b",
    "-B 5, --bailout 5",
    "-M 5, --maxConnectionRequests 5",
    "-M 5, --max-connection-requests 5",
    "-O 5, --maxOverallRequests 5",
    "-O 5, --max-overall-requests 5",
    "-r 5, --connectionRate 5",
    "-r 5, --connection-rate 5",
    "-R 5, --overallRate 5",
    "-R 5, --overall-rate 5",
    "-R 5, --rate 5",
    "-D 5, --reconnectRate 5",
    "-D 5, --reconnect-rate 5",
    "-D 1, --new-connection",
    "-s name, --servername name",
    "-x, --excludeErrorStats",
    "-x, --exclude-error-stats",
    "-E x, --expectBody x",
    "-E x, --expect-body x",
    "-k, --insecure",
    "-n, --no-progress",
    "-n, --no-renderProgressBar",
    "-l, --latency",
    "-l, --renderLatencyTable",
    "-j, --json",
    "-f, --forever",
    "-I --seed 1, --idReplacement --seed 1",
    "-I --seed 1, --id-replacement --seed 1",
    "--statusCodes, --renderStatusCodes",
    "--statusCodes, --status-codes"
  })
  void letters_and_long_names_say_the_same(String letter, String name) throws CliException {
    Asked a = Asked.of(letter + " " + URL);
    Asked b = Asked.of(name + " " + URL);

    assertThat(b.plan()).usingRecursiveComparison().isEqualTo(a.plan());
    assertThat(b.command().load.warmUp).isEqualTo(a.command().load.warmUp);
    assertThat(b.command().result.silent()).isEqualTo(a.command().result.silent());
    assertThat(b.command().result.json).isEqualTo(a.command().result.json);
    assertThat(b.command().result.latency).isEqualTo(a.command().result.latency);
    assertThat(b.command().result.statusCodes).isEqualTo(a.command().result.statusCodes);
    assertThat(b.command().forever).isEqualTo(a.command().forever);
  }

  @Test
  void every_number_arrives_in_its_place() throws CliException {
    LoadPlan plan =
        Asked.of("-c 8 -p 3 -d 1m30s -L 250 -w 4 -t 2 -B 9 -M 70 -O 500 -D 12 -x " + URL).plan();

    assertThat(plan.connections().pipelining()).isEqualTo(3);
    assertThat(plan.extent()).isEqualTo(new Extent.Time(Duration.ofSeconds(90)));
    assertThat(plan.sampleInterval()).isEqualTo(Duration.ofMillis(250));
    assertThat(plan.threads()).isEqualTo(4);
    assertThat(plan.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(plan.bailout()).isEqualTo(OptionalInt.of(9));
    assertThat(plan.connections().maxRequestsEach()).isEqualTo(OptionalLong.of(70));
    assertThat(plan.maxRequests()).isEqualTo(OptionalLong.of(500));
    assertThat(plan.connections().requestsBeforeReconnect()).isEqualTo(12);
    assertThat(plan.excludeErrorResponses()).isTrue();
  }

  @Test
  void the_rest_arrives_in_its_place() throws CliException {
    LoadPlan plan =
        Asked.of("--http2 -S /run/s.sock -s other -k --transport nio --order random -a 5 " + URL)
            .plan();

    assertThat(plan.connections().protocol()).isEqualTo(Protocol.HTTP_2);
    assertThat(plan.connections().unixSocket()).contains(Path.of("/run/s.sock"));
    assertThat(plan.connections().tls().serverName()).contains("other");
    assertThat(plan.connections().tls().acceptAny()).isTrue();
    assertThat(plan.transport()).isEqualTo(Transport.NIO);
    assertThat(plan.order()).isEqualTo(Order.RANDOM);
    assertThat(plan.extent()).isEqualTo(new Extent.Count(5));
  }

  @Test
  void rates_make_an_open_model() throws CliException {
    assertThat(Asked.of("-R 50.5 " + URL).plan().pace())
        .isEqualTo(new Pace.AtRate(50.5, Pace.Arrivals.CONSTANT));
    assertThat(Asked.of("-R 50 --arrivals poisson " + URL).plan().pace())
        .isEqualTo(new Pace.AtRate(50, Pace.Arrivals.POISSON));
    assertThat(Asked.of("-r 5 " + URL).plan().pace()).isEqualTo(new Pace.PerConnection(5));
  }

  @Test
  void warm_ups_are_automatic_for_a_time_or_autocannons() throws CliException {
    assertThat(Asked.of("-W auto " + URL).command().load.warmUp)
        .isInstanceOf(WarmUpPlan.Auto.class);
    assertThat(Asked.of("-W 500ms " + URL).command().load.warmUp)
        .isEqualTo(new WarmUpPlan.For(Duration.ofMillis(500), OptionalInt.empty()));
    assertThat(Asked.of("-W [ -c 1 -d 3 ] " + URL).command().load.warmUp)
        .isEqualTo(new WarmUpPlan.For(Duration.ofSeconds(3), OptionalInt.of(1)));
    assertThat(Asked.of("--warmup [ --connections 1 ] " + URL).command().load.warmUp)
        .isEqualTo(new WarmUpPlan.For(Duration.ofSeconds(10), OptionalInt.of(1)));
  }

  @Test
  void wrks_way_of_writing_is_understood() throws CliException {
    Asked asked = Asked.of("-t8 -c200 -d10s --latency --timeout 2s " + URL);

    assertThat(asked.plan().threads()).isEqualTo(8);
    assertThat(asked.plan().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(asked.command().result.latency).isTrue();
    assertThat(asked.notes()).singleElement().asString().contains("8 threads");
  }

  @Test
  void the_talks_own_line_is_understood() throws CliException {
    Asked asked =
        Asked.of("-c 200 --on-port /?data=hello%20cityjs -- java -jar services/qr/out/qr.jar");

    assertThat(asked.request().target()).isEqualTo("/?data=hello%20cityjs");
    assertThat(asked.choice().command().orElseThrow().words())
        .containsExactly("java", "-jar", "services/qr/out/qr.jar");
  }

  @Test
  void a_command_alone_is_loaded_at_its_root() throws CliException {
    Asked asked = Asked.of(Map.of(), "--", "node", "server.js");

    assertThat(asked.request().target()).isEqualTo("/");
    assertThat(asked.choice().command()).isPresent();
  }

  @Test
  void a_command_is_told_the_port_that_the_url_names() throws CliException {
    assertThat(
            Asked.of("http://localhost:3000/x -- node a.js")
                .choice()
                .command()
                .orElseThrow()
                .port())
        .hasValue(3000);
    assertThat(Asked.of("--port 3001 /x -- node a.js").choice().command().orElseThrow().port())
        .hasValue(3001);
    assertThat(Asked.of("/x -- node a.js").choice().command().orElseThrow().port()).isEmpty();
  }

  @Test
  void a_url_without_a_scheme_is_http() throws CliException {
    assertThat(Asked.of("localhost:81/a?b").request().url()).isEqualTo("http://localhost:81/a?b");
  }

  @Test
  void several_urls_are_all_loaded() throws CliException {
    assertThat(Asked.of("-c 2 http://a/1 http://b/2").plan().requests())
        .extracting(Request::url)
        .containsExactly("http://a/1", "http://b/2");
  }

  @Test
  void a_path_is_on_localhost_where_PORT_says_so() throws CliException {
    assertThat(Asked.of(Map.of("PORT", "8123"), "/x").request().origin())
        .isEqualTo(URI.create("http://localhost:8123"));
  }

  @Test
  void headers_and_cookies_are_sent() throws CliException {
    Asked asked =
        Asked.of(
            Map.of(), "-H", "A=b:c", "-H", "B: c=d", "--cookie", "x=1", "--cookie", "y=2", URL);

    assertThat(asked.request().headers())
        .containsExactly(
            new Header("A", "b:c"), new Header("B", "c=d"), new Header("Cookie", "x=1; y=2"));
  }

  @Test
  void bodies_come_from_words_files_and_forms() throws CliException, IOException {
    Path file = Files.writeString(folder.resolve("body"), "from a file");

    assertThat(text(Asked.of("-m POST -b hello " + URL))).isEqualTo("hello");
    assertThat(text(Asked.of(Map.of(), "-i", file.toString(), URL))).isEqualTo("from a file");
    Asked form = Asked.of(Map.of(), "-F", "{\"a\": {\"type\": \"text\", \"value\": \"v\"}}", URL);
    assertThat(form.request().method()).isEqualTo("POST");
    assertThat(text(form)).contains("name=\"a\"", "v");
    assertThat(form.request().headers())
        .singleElement()
        .extracting(Header::value)
        .asString()
        .startsWith("multipart/form-data; boundary=");
  }

  private static String text(Asked asked) {
    return new String(asked.request().body(), StandardCharsets.UTF_8);
  }

  @Test
  void responses_are_checked() throws CliException {
    Asked asked =
        Asked.of(
            Map.of(),
            "-E",
            "all",
            "--check",
            "status=200,204",
            "--check",
            "header:content-type=image/png",
            "--check",
            "body~part",
            URL);

    assertThat(asked.request().checks())
        .containsExactly(
            new Check.BodyEquals("all"),
            new Check.StatusIn(Set.of(200, 204)),
            new Check.HeaderContains("content-type", "image/png"),
            new Check.BodyContains("part"));
  }

  @Test
  void placeholders_are_filled_when_asked_for() throws CliException, IOException {
    assertThat(Asked.of("-I --seed 7 " + URL).plan().variables().orElseThrow().seed()).isEqualTo(7);
    assertThat(Asked.of(URL).plan().variables()).isEmpty();
    Path rows = Files.writeString(folder.resolve("rows.csv"), "name\nAda\n");
    assertThat(
            Asked.of(Map.of(), "--data", rows.toString(), URL + "[<row.name>]")
                .plan()
                .variables()
                .flatMap(v -> v.rows()))
        .isPresent();
  }

  @Test
  void a_placeholder_that_is_not_filled_is_told() throws CliException {
    assertThat(Asked.of(URL + "[<id>]").notes()).singleElement().asString().contains("-I");
  }

  @Test
  void requests_come_from_a_file() throws CliException, IOException {
    Path list = Files.writeString(folder.resolve("urls"), "/a\nPOST /b\n");

    assertThat(Asked.of(Map.of(), "--requests", list.toString(), URL).plan().requests())
        .extracting(Request::url)
        .containsExactly("http://localhost:8080/a", "http://localhost:8080/b");
  }

  @Test
  void of_a_har_only_what_goes_to_the_urls_hosts_is_sent() throws CliException, IOException {
    Asked asked = Asked.of(Map.of(), "--har", har(), "http://a.test");

    assertThat(asked.plan().requests())
        .extracting(Request::url)
        .containsExactly("http://a.test/1", "http://a.test/3");
    assertThat(asked.notes()).singleElement().asString().contains("1 of 3", "http://b.test");
  }

  @Test
  void without_a_url_all_of_a_har_is_sent() throws CliException, IOException {
    assertThat(Asked.of(Map.of(), "--har", har()).plan().requests()).hasSize(3);
  }

  @Test
  void a_har_is_sent_to_the_command_that_is_started() throws CliException, IOException {
    assertThat(Asked.of(Map.of(), "--har", har(), "--", "node", "a.js").plan().requests())
        .extracting(Request::target)
        .containsExactly("/1", "/3");
  }

  private String har() throws IOException {
    String entry = "{\"request\": {\"method\": \"GET\", \"url\": \"%s\", \"headers\": []}}";
    String entries =
        String.join(
            ",",
            entry.formatted("http://a.test/1"),
            entry.formatted("http://b.test/2"),
            entry.formatted("http://a.test/3"));
    return Files.writeString(folder.resolve("a.har"), "{\"log\": {\"entries\": [" + entries + "]}}")
        .toString();
  }

  @ParameterizedTest
  @CsvSource({"1,10,1", "4,10,1", "8,10,2", "16,10,4", "64,100,8", "16,1,1", "64,3,3"})
  void threads_follow_cores_and_connections(int cores, int connections, int expected)
      throws CliException {
    assertThat(Asked.of("-c " + connections + " " + URL).command().load.threads(cores))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--conections 5|did you mean --connections?",
        "-c -5|connections are 1 to 100000, not -5",
        "-c 99999999999|too large a number",
        "-c 1e3|'1e3' is not a whole number",
        "-R 0|a rate is above 0",
        "-R Infinity|'Infinity' is not a number",
        "-d 0|lasts above 0",
        "-d -1|'-1' is no time",
        "-d soon|'soon' is no time",
        "-w -1|--workers is 0",
        "-w 300|threads are 1 to 256",
        "-c 1 -w 2|each thread needs a connection",
        "-L 1|samples are taken every 10 ms",
        "-m G(T|no HTTP method",
        "-H none|neither K=V nor",
        "-a 1 -d 1|give one of them",
        "-r 1 -R 1|give one of them",
        "-b x -i y|choose one of them",
        "--arrivals poisson|give -R",
        "-R 1 --arrivals sometimes|constant or poisson",
        "--transport pigeon|io_uring, epoll or nio",
        "--order backwards|in-turn or random",
        "--check perhaps|none of status=200",
        "--goal fast|cannot be read",
        "--save ../x|cannot be the name of a run",
        "--save x --no-save|leave one of them out",
        "-s script.lua|wrk's scripts are not run",
        "-k --ca a.pem|leave one of them out",
        "--cert a.pem|needs its private key",
        "-W [ -c 1|'[' is opened and not closed",
        "-W [ -p 1 ]|not '-p'",
        "-c 1 -c 2|only once",
        "-i /nowhere/x|there is no file",
        "--har /nowhere/x|there is no file",
        "--requests /nowhere/x|there is no file",
        "--data /nowhere/x|there is no file",
        "-F {|no valid JSON",
        "--on-port|needs the command",
        "--port 8080|needs the command",
        "--har a --requests b|give one of them",
      })
  void what_makes_no_sense_is_refused_in_one_sentence(String words, String sentence) {
    assertThat(Asked.complaint((words + " " + URL).split(" ", -1)))
        .hasValueSatisfying(said -> assertThat(said).contains(sentence).hasLineCount(1));
  }

  @Test
  void a_path_without_a_host_is_refused() {
    assertThat(Asked.complaint("/x").orElse("")).contains("has no host");
  }

  @Test
  void a_url_that_is_elsewhere_cannot_be_of_the_command() {
    assertThat(Asked.complaint("http://example.org/", "--", "node", "a.js").orElse(""))
        .contains("give only the path");
    assertThat(Asked.complaint("http://localhost/", "--", "node", "a.js").orElse(""))
        .contains("its one port");
    assertThat(Asked.complaint("--port", "1", "http://localhost:2/", "--", "x").orElse(""))
        .contains("--port says 1");
  }

  @Test
  void no_command_behind_the_dashes_is_refused() {
    assertThatThrownBy(() -> Asked.of("/ --")).hasMessageContaining("no command behind --");
  }

  @Test
  void a_file_that_is_not_what_it_says_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("x.har"), "GET / HTTP/1.1\r\n\r\n");
    Path bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThat(Asked.complaint("--har", file.toString(), URL).orElse(""))
        .contains("x.har")
        .hasLineCount(1);
    assertThat(Asked.complaint("--requests", bytes.toString(), URL).orElse(""))
        .contains("bytes is not UTF-8 text");
    assertThat(Asked.complaint("--data", bytes.toString(), URL).orElse(""))
        .contains("bytes is not UTF-8 text");
  }

  @Test
  void the_question_tells_what_was_asked() throws CliException {
    Asked asked = Asked.of("-R 20 --arrivals poisson -c 3 -a 9 -w 1 -T title " + URL);

    var question = Questions.of(asked.plan(), asked.command().load, "title");
    assertThat(question.title()).isEqualTo(Optional.of("title"));
    assertThat(question.urls()).containsExactly(URL);
    assertThat(question.arrivals()).isEqualTo("poisson");
    assertThat(question.overallRate()).contains(20.0);
    assertThat(question.amount()).contains(9L);
    assertThat(question.duration()).isEmpty();
    assertThat(question.workers()).isEqualTo(1);
  }
}
