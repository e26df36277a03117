package dev.cubit.scale.topology;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads who answers for a service: {@code run}, {@code versions}, {@code at} or {@code dns}. */
final class OriginReader {
  static final String MAIN = "main";

  /** Of services and versions: parts of host names, RFC 1123, in lower case. */
  static final Pattern NAME = Pattern.compile("[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

  private static final Pattern SERVER =
      Pattern.compile("https?://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>\\d{1,5}))?/?");
  private static final Pattern DNS =
      Pattern.compile("(?<name>[A-Za-z0-9_.-]+)(?::(?<port>\\d{1,5}))?");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int MOST_WEIGHT = 1_000_000;

  private OriginReader() {}

  /**
   * Exactly one of the four.
   *
   * @param partitioned servers of the partitions, where those have them
   */
  static Origin of(Section service, List<URI> partitioned) {
    List<Origin> origins = new ArrayList<>();
    service.take("run").ifPresent(run -> origins.add(started(run)));
    service
        .take("versions")
        .ifPresent(versions -> origins.add(new Origin.Started(versions(versions))));
    service.take("at").ifPresent(at -> origins.add(new Origin.Fixed(servers(at))));
    service.take("dns").ifPresent(dns -> origins.add(named(dns)));
    if (!partitioned.isEmpty()) {
      origins.add(new Origin.Fixed(partitioned));
    }
    if (origins.size() != 1 && service.isMapping()) {
      service.problem(
          origins.isEmpty()
              ? service.title()
                  + " has none of run, versions, at and dns: say with one of them who answers for"
                  + " it"
              : service.title()
                  + " has more than one of run, versions, at, dns and partitions with at: keep"
                  + " one");
    }
    return origins.isEmpty() ? new Origin.Fixed(List.of()) : origins.getFirst();
  }

  private static Origin started(Item run) {
    return new Origin.Started(
        List.of(new Version(MAIN, CommandWords.of(run), Map.of(), 1, Optional.empty())));
  }

  private static List<Version> versions(Item item) {
    List<Version> all = new ArrayList<>();
    for (Item version : item.section("'versions'").all()) {
      if (!NAME.matcher(version.name()).matches()) {
        version.keyProblem("a version's name has lower case letters, digits and hyphens, as green");
      }
      all.add(version(version));
    }
    if (all.isEmpty() && item.isMapping()) {
      item.problem("'versions' is empty: name one with its command, as `green: { run: ... }`");
    }
    if (!all.isEmpty() && all.stream().allMatch(v -> v.weight() == 0)) {
      item.problem("all weights are 0, so that no version gets requests: give one a weight");
    }
    return all;
  }

  private static Version version(Item item) {
    try (Section version = item.section("version '" + item.name() + "'")) {
      Optional<Item> run = version.take("run");
      if (run.isEmpty() && item.isMapping()) {
        item.keyProblem(
            "version '" + item.name() + "' wants a command, as `run: java -jar server.jar`");
      }
      Optional<HeaderMatch> header = version.take("header").flatMap(KeyReader::header);
      int usual = header.isPresent() ? 0 : 1;
      return new Version(
          item.name(),
          run.map(CommandWords::of).orElse(List.of()),
          version.take("env").map(OriginReader::environment).orElse(Map.of()),
          version.take("weight").map(w -> w.whole(0, MOST_WEIGHT, 1)).orElse(usual),
          header);
    }
  }

  static List<URI> servers(Item item) {
    if (item.list().isEmpty()) {
      item.problem("'at' is empty: name a server, as http://10.0.0.5:8080");
    }
    List<URI> servers = new ArrayList<>();
    for (Item each : item.list()) {
      String wanted = "a server as http://10.0.0.5:8080, without a path";
      Optional<Matcher> server = each.text(SERVER, wanted);
      if (server.isEmpty()) {
        continue;
      }
      int port = Optional.ofNullable(server.get().group("port")).map(Integer::parseInt).orElse(80);
      String text = server.get().group();
      URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (port < 1 || port > 65_535) {
        each.problem("a port is 1 to 65535, not " + port);
      } else if (uri.getHost() == null) {
        each.problem("'" + text + "' is no address: " + wanted);
      } else if (servers.contains(uri)) {
        each.problem("'" + text + "' is there twice: take one out");
      }
      servers.add(uri);
    }
    return servers;
  }

  private static Origin named(Item item) {
    Optional<Matcher> name =
        item.text(DNS, "a name with its port, as products.internal:8080, or an SRV name");
    int port = name.map(n -> n.group("port")).map(Integer::parseInt).orElse(0);
    if (name.isPresent()
        && name.get().group("port") == null
        && !name.get().group("name").startsWith("_")) {
      item.problem(
          "'dns' wants a port behind the name, as products.internal:8080; only SRV names"
              + " (_http._tcp.NAME) have none");
    } else if (name.isPresent()
        && name.get().group("port") != null
        && (port < 1 || port > 65_535)) {
      item.problem("a port is 1 to 65535, not " + port);
    }
    return new Origin.Named(name.map(n -> n.group("name")).orElse(""), port);
  }

  /** Whether a variable of that name can be given to clones. */
  static boolean isSettable(String name) {
    return VARIABLE.matcher(name).matches() && !name.equals("PORT");
  }

  /** Of a version or a partition. */
  static Map<String, String> environment(Item item) {
    return environment(item, false);
  }

  /**
   * Of a service.
   *
   * @param mayHavePort whether all its clones listen on one port, which it may choose then
   */
  static Map<String, String> environment(Item item, boolean mayHavePort) {
    Map<String, String> environment = new HashMap<>();
    for (Item variable : item.section("'env'").all()) {
      if (!VARIABLE.matcher(variable.name()).matches()) {
        variable.keyProblem(
            "'"
                + variable.name()
                + "' is no name of a variable: letters, digits and _, as DATABASE_URL");
      } else if (variable.name().equals("PORT") && mayHavePort) {
        variable.whole(1, 65_535, 1);
      } else if (variable.name().equals("PORT")) {
        variable.keyProblem(
            "PORT is told to each clone by Cubit: take it out; {port} stands for it elsewhere");
      }
      environment.put(variable.name(), variable.anyText());
    }
    return environment;
  }
}
