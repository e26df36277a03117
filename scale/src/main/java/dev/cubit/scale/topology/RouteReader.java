package dev.cubit.scale.topology;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code route}: a path, or what else a request must have, or a list of these. */
final class RouteReader {
  private static final Pattern PATH = Pattern.compile("/[^\\s?#*]*");
  private static final String WANTED_PATH =
      "a path as /shop, which stands for all below it (no *, ? or #)";
  private static final Pattern HOST =
      Pattern.compile("(?:\\*\\.)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,24}");

  private RouteReader() {}

  /**
   * A route and where it stands.
   *
   * @param item its place in the file
   */
  record Placed(Route route, Item item) {}

  static List<Placed> of(Item item) {
    List<Item> all = item.list();
    if (all.isEmpty()) {
      item.problem("'route' is empty: name a path, as /shop");
    }
    return all.stream().map(each -> new Placed(route(each), each)).toList();
  }

  private static Route route(Item item) {
    if (!item.isMapping()) {
      return Route.to(path(item));
    }
    try (Section route = item.section("a route")) {
      return new Route(
          route.take("path").map(RouteReader::path).orElse("/"),
          route
              .take("host")
              .flatMap(
                  h -> h.text(HOST, "a host as shop.example.com or *.example.com, without port"))
              .map(host -> host.group().toLowerCase(Locale.ROOT)),
          route.take("methods").map(RouteReader::methods).orElse(Set.of()),
          route.take("header").flatMap(KeyReader::header),
          route
              .take("strip")
              .map(s -> s.choice(List.of("false", "true")))
              .orElse("false")
              .equals("true"));
    }
  }

  private static String path(Item item) {
    String path = item.text(PATH, WANTED_PATH).map(Matcher::group).orElse("/");
    if (path.contains("//") || path.matches(".*/\\.\\.?(/.*)?")) {
      item.problem("'" + path + "' has empty segments or steps in it, which no request's path has");
    }
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static Set<String> methods(Item item) {
    if (item.list().isEmpty()) {
      item.problem("'methods' is empty: leave it out where any will do");
    }
    return item.list().stream()
        .map(method -> method.text(METHOD, "methods as GET or [GET, HEAD]"))
        .flatMap(Optional::stream)
        .map(Matcher::group)
        .collect(Collectors.toUnmodifiableSet());
  }
}
