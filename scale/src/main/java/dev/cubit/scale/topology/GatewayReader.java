package dev.cubit.scale.topology;

import dev.cubit.scale.topology.GatewayPlan.Limits;
import dev.cubit.scale.topology.GatewayPlan.Redirect;
import dev.cubit.scale.topology.GatewayPlan.Tls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the section {@code gateway}. */
final class GatewayReader {
  static final int USUAL_PORT = 8080;

  private static final Pattern LISTEN =
      Pattern.compile("(?:(?<host>[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):)?(?<port>\\d{1,5})");
  private static final Pattern TARGET = Pattern.compile("/\\S*|https?://\\S+");
  private static final int MOST = 1_000_000;

  private GatewayReader() {}

  static GatewayPlan of(Item item) {
    GatewayPlan usual = GatewayPlan.on(USUAL_PORT);
    try (Section gateway = item.section("'gateway'")) {
      Optional<Address> listen = gateway.take("listen").flatMap(GatewayReader::address);
      return new GatewayPlan(
          listen.map(Address::host).orElse(usual.host()),
          listen.map(Address::port).orElse(usual.port()),
          gateway.take("tls").map(GatewayReader::tls),
          gateway
              .take("workers")
              .map(workers -> OptionalInt.of(workers.whole(1, 1_024, 1)))
              .orElse(usual.workers()),
          gateway.take("limits").map(GatewayReader::limits).orElse(usual.limits()),
          gateway.take("redirects").map(GatewayReader::redirects).orElse(usual.redirects()),
          gateway.take("access-log").map(Item::path));
    }
  }

  private record Address(String host, int port) {}

  private static Optional<Address> address(Item listen) {
    String wanted = "a port from 0 to 65535, or an address with one, as 0.0.0.0:8080";
    String text = listen.isScalar() && !listen.isNull() ? listen.anyText() : "";
    Matcher address = LISTEN.matcher(text);
    if (!address.matches() || Integer.parseInt(address.group("port")) > 65_535) {
      listen.problem("'listen' wants " + wanted);
      return Optional.empty();
    }
    String host = Optional.ofNullable(address.group("host")).orElse("127.0.0.1");
    return Optional.of(
        new Address(host.replaceAll("[\\[\\]]", ""), Integer.parseInt(address.group("port"))));
  }

  private static Tls tls(Item item) {
    try (Section tls = item.section("'tls'")) {
      Optional<Item> certificate = tls.take("cert");
      Optional<Item> key = tls.take("key");
      if (item.isMapping() && (certificate.isEmpty() || key.isEmpty())) {
        item.problem("'tls' wants both: { cert: FILE.pem, key: FILE.pem }");
      }
      return new Tls(
          certificate.map(KeyReader::existing).orElse(item.reading().folder()),
          key.map(KeyReader::existing).orElse(item.reading().folder()));
    }
  }

  private static Limits limits(Item item) {
    Limits usual = Limits.usual();
    try (Section limits = item.section("'limits' of the gateway")) {
      return new Limits(
          (int)
              limits
                  .take("header-size")
                  .map(size -> bounded(size, 256, 16L << 20, usual.headerBytes()))
                  .orElse((long) usual.headerBytes())
                  .longValue(),
          limits.take("header-fields").map(n -> n.whole(1, 10_000, 1)).orElse(usual.headerFields()),
          limits
              .take("body-size")
              .map(size -> bounded(size, 0, Long.MAX_VALUE, usual.bodyBytes()))
              .orElse(usual.bodyBytes()),
          limits
              .take("header-time")
              .map(t -> t.time(usual.headerTime()))
              .orElse(usual.headerTime()),
          limits.take("body-time").map(t -> t.time(usual.bodyTime())).orElse(usual.bodyTime()),
          limits.take("idle-time").map(t -> t.time(usual.idleTime())).orElse(usual.idleTime()),
          limits.take("connections").map(n -> n.whole(1, MOST, 1)).orElse(usual.connections()));
    }
  }

  private static long bounded(Item size, long least, long most, long usual) {
    long bytes = size.size().orElse(usual);
    if (bytes < least || bytes > most) {
      size.problem("'" + size.name() + "' is " + least + "B to " + (most >> 20) + "MB");
      return usual;
    }
    return bytes;
  }

  private static List<Redirect> redirects(Item item) {
    List<Redirect> all = new ArrayList<>();
    Section redirects = item.section("'redirects'");
    for (Item from : redirects.all()) {
      if (!from.name().startsWith("/")) {
        from.reading().problems().add(from.keyNode(), "a path begins with /, as /old");
      }
      all.add(redirect(from));
    }
    all.sort(Comparator.comparingInt((Redirect r) -> r.path().length()).reversed());
    return all;
  }

  private static Redirect redirect(Item from) {
    String wanted = "a path or URL to go to, as /new or https://example.com";
    if (!from.isMapping()) {
      String to = from.text(TARGET, wanted).map(Matcher::group).orElse("/");
      return new Redirect(from.name(), to, 308);
    }
    try (Section redirect = from.section("the redirect of " + from.name())) {
      Optional<Item> to = redirect.take("to");
      if (to.isEmpty()) {
        from.problem("a redirect wants 'to', " + wanted);
      }
      return new Redirect(
          from.name(),
          to.flatMap(t -> t.text(TARGET, wanted)).map(Matcher::group).orElse("/"),
          redirect
              .take("status")
              .map(s -> Integer.parseInt(s.choice(List.of("308", "301", "302", "303", "307"))))
              .orElse(308));
    }
  }
}
