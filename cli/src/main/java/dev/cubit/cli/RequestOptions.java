package dev.cubit.cli;

import dev.cubit.load.Check;
import dev.cubit.load.Header;
import dev.cubit.load.LoadPlan.Order;
import dev.cubit.load.Request;
import dev.cubit.load.Variables;
import dev.cubit.load.requests.CsvRows;
import dev.cubit.load.requests.FormData;
import dev.cubit.load.requests.RequestDefaults;
import dev.cubit.load.requests.RequestFile;
import dev.cubit.load.requests.RequestFileException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is sent, and what must come back. */
final class RequestOptions {
  @Option(
      names = {"-m", "--method"},
      paramLabel = "METHOD",
      description = "HTTP method. Default: GET, with --form POST.")
  @Nullable String method;

  @Option(
      names = {"-H", "--headers", "--header"},
      paramLabel = "K=V",
      description = "A request header, as K=V or 'K: V'. May be repeated.")
  List<String> headers = new ArrayList<>();

  @Option(
      names = "--cookie",
      paramLabel = "K=V",
      description = "A cookie to send. May be repeated.")
  List<String> cookies = new ArrayList<>();

  @Option(
      names = {"-b", "--body"},
      paramLabel = "TEXT",
      description = "The request body.")
  @Nullable String body;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      description = "The request body, from a file.")
  @Nullable Path input;

  @Option(
      names = {"-F", "--form"},
      paramLabel = "JSON",
      description = {
        "Upload a form (multipart/form-data): JSON, or a file with it, such as",
        "'{\"name\": {\"type\": \"text\", \"value\": \"x\"}, \"up\": {\"type\": \"file\", \"path\":"
            + " \"a.png\"}}'"
      })
  @Nullable String form;

  @Option(
      names = "--har",
      paramLabel = "FILE",
      description = "Requests from a HAR file; those to other hosts than the URL's are left out.")
  @Nullable Path har;

  @Option(
      names = "--requests",
      paramLabel = "FILE",
      description = "Requests from a file: one URL a line, a JSON list, or a HAR.")
  @Nullable Path requests;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description = "in-turn (default) or random: how a connection goes through many requests.")
  String order = "in-turn";

  @Option(
      names = {"-I", "--idReplacement", "--id-replacement"},
      description = {
        "Fill placeholders in URL, headers and body, anew for each request: [<id>], [<counter>],",
        "[<text:12>], [<number:1-6>], and with --data [<row.COLUMN>]."
      })
  boolean idReplacement;

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      description = "Rows of values for [<row.COLUMN>], taken in turn. Turns placeholders on.")
  @Nullable Path data;

  @Option(
      names = "--seed",
      paramLabel = "NUM",
      description = "Of all that is random: the same seed gives the same requests.")
  @Nullable Long seed;

  @Option(
      names = {"-E", "--expectBody", "--expect-body"},
      paramLabel = "TEXT",
      description = "Count responses whose body is not this text as mismatches.")
  @Nullable String expectBody;

  @Option(
      names = "--check",
      paramLabel = "CHECK",
      description = {
        "What a response must be: 'status=200,204', 'header:content-type=image/png' (contains),",
        "'body=exact text' or 'body~text in it'. May be repeated; mismatches exit with 1."
      })
  List<String> checks = new ArrayList<>();

  /** True where a file says what is sent, so that no URL need be given. */
  boolean namesRequests() {
    return requests != null || har != null;
  }

  /** True where a response can be wrong whatever its status. */
  boolean hasChecks() {
    return !checks.isEmpty() || expectBody != null;
  }

  /**
   * The requests for these URLs.
   *
   * @param base what a path alone is relative to
   * @param notes is told what the user should know of how the words were read
   */
  List<Request> toRequests(List<String> urls, Optional<URI> base, Consumer<String> notes)
      throws CliException {
    if (requests != null && har != null) {
      throw CliException.usage("--har and --requests both say what to send: give one of them");
    }
    RequestDefaults defaults = defaults(base);
    try {
      List<Request> named = new ArrayList<>();
      for (String url : urls) {
        named.add(defaults.request(url));
      }
      List<Request> all = named;
      if (requests != null) {
        Optional<URI> own = named.stream().map(Request::origin).findFirst().or(() -> base);
        all = RequestFile.read(requests, defaults(own));
      } else if (har != null) {
        all = Recorded.of(RequestFile.readHar(har, defaults), named, base, har, notes);
      }
      if (!idReplacement && data == null && all.stream().anyMatch(RequestOptions::hasPlaceholder)) {
        notes.accept("[<...>] is sent as it is: -I fills it in");
      }
      return all;
    } catch (RequestFileException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  private static boolean hasPlaceholder(Request request) {
    return request.target().contains("[<");
  }

  private RequestDefaults defaults(Optional<URI> base) throws CliException {
    if ((body != null ? 1 : 0) + (input != null ? 1 : 0) + (form != null ? 1 : 0) > 1) {
      throw CliException.usage("--body, --input and --form all give the body: choose one of them");
    }
    List<Header> all = new ArrayList<>();
    for (String header : headers) {
      all.add(header(header));
    }
    if (!cookies.isEmpty()) {
      all.add(header("Cookie: " + String.join("; ", cookies)));
    }
    byte[] bytes = new byte[0];
    if (body != null) {
      bytes = body.getBytes(StandardCharsets.UTF_8);
    } else if (input != null) {
      bytes = bytesOf(input);
    } else if (form != null) {
      FormData data = form(form);
      bytes = data.body();
      all.removeIf(h -> h.name().equalsIgnoreCase("content-type"));
      all.add(new Header("Content-Type", data.contentType()));
    }
    String verb = method != null ? method : form != null ? "POST" : "GET";
    if (!verb.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
      throw CliException.usage("'" + verb + "' is no HTTP method, such as GET or POST");
    }
    return new RequestDefaults(base, verb, all, bytes, toChecks());
  }

  private FormData form(String description) throws CliException {
    try {
      return FormData.of(description, seed());
    } catch (RequestFileException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  private static byte[] bytesOf(Path file) throws CliException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw CliException.usage("--input: there is no file '" + file + "' that can be read");
    }
  }

  /** {@code K=V} or {@code K: V}, whichever sign comes first, as autocannon reads it. */
  static Header header(String text) throws CliException {
    int colon = text.indexOf(':');
    int equals = text.indexOf('=');
    int split = colon < 0 ? equals : equals < 0 ? colon : Math.min(colon, equals);
    if (split <= 0) {
      throw CliException.usage("the header '" + text + "' is neither K=V nor 'K: V'");
    }
    try {
      return new Header(text.substring(0, split).strip(), text.substring(split + 1).strip());
    } catch (IllegalArgumentException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  private List<Check> toChecks() throws CliException {
    List<Check> all = new ArrayList<>();
    if (expectBody != null) {
      all.add(new Check.BodyEquals(expectBody));
    }
    for (String check : checks) {
      all.add(check(check));
    }
    return all;
  }

  static Check check(String text) throws CliException {
    if (text.matches("status=\\d{3}(,\\d{3})*")) {
      Set<Integer> statuses = new LinkedHashSet<>();
      for (String status : text.substring("status=".length()).split(",", -1)) {
        statuses.add(Integer.valueOf(status));
      }
      return new Check.StatusIn(statuses);
    }
    if (text.matches("(?s)header:[^=]+=.*")) {
      int equals = text.indexOf('=');
      return new Check.HeaderContains(
          text.substring("header:".length(), equals), text.substring(equals + 1));
    }
    if (text.startsWith("body=")) {
      return new Check.BodyEquals(text.substring(5));
    }
    if (text.startsWith("body~")) {
      return new Check.BodyContains(text.substring(5));
    }
    throw CliException.usage(
        "the check '"
            + text
            + "' is none of status=200, header:NAME=TEXT, body=TEXT and body~TEXT");
  }

  private long seed() {
    return seed == null ? 1 : seed;
  }

  Order toOrder() throws CliException {
    return switch (order) {
      case "in-turn" -> Order.IN_TURN;
      case "random" -> Order.RANDOM;
      default -> throw CliException.usage("--order is in-turn or random, not '" + order + "'");
    };
  }

  /** Present where placeholders are to be filled. */
  Optional<Variables> toVariables() throws CliException {
    if (!idReplacement && data == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Variables(
              data == null ? Optional.empty() : Optional.of(CsvRows.read(data)),
              seed == null ? System.nanoTime() : seed));
    } catch (RequestFileException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }
}
