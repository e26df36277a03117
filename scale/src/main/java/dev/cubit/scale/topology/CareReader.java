package dev.cubit.scale.topology;

import dev.cubit.scale.topology.Care.Check;
import dev.cubit.scale.topology.Care.Health;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how clones are started, watched and ended. */
final class CareReader {
  private static final Pattern TARGET = Pattern.compile("/[^\\s#]*");
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,24}");
  private static final Pattern TEXT = Pattern.compile("(?s).+");
  private static final Pattern TYPE = Pattern.compile("[^\\s/;]+/[^\\s/;]+");
  private static final long LEAST_MEMORY = 1L << 20;

  private CareReader() {}

  static Care of(Section service) {
    Care usual = Care.usual();
    return new Care(
        service.take("health").map(CareReader::health),
        service
            .take("checks")
            .map(checks -> checks.list().stream().map(CareReader::check).toList())
            .orElse(List.of()),
        service
            .take("ready-timeout")
            .map(t -> t.time(usual.readyTimeout()))
            .orElse(usual.readyTimeout()),
        service.take("grace").map(t -> t.timeOrNone(usual.grace())).orElse(usual.grace()),
        service.take("memory").map(CareReader::memory).orElse(OptionalLong.empty()),
        service
            .take("requests")
            .map(n -> n.whole(1L, 1_000_000_000_000L))
            .orElse(OptionalLong.empty()),
        service
            .take("cpu")
            .map(cpu -> OptionalDouble.of(cpu.decimal(0, 1_024, 1)))
            .orElse(OptionalDouble.empty()),
        service.take("share").map(share -> share.choice(List.of("port"))).isPresent());
  }

  private static OptionalLong memory(Item item) {
    OptionalLong bytes = item.size();
    if (bytes.isPresent() && bytes.getAsLong() < LEAST_MEMORY) {
      item.problem("'memory' is 1MB or more: no process is smaller");
    }
    return bytes;
  }

  private static Health health(Item item) {
    if (!item.isMapping()) {
      return Health.on(path(item));
    }
    try (Section health = item.section("'health'")) {
      Optional<Item> path = health.take("path");
      Health usual = Health.on("/");
      if (path.isEmpty()) {
        item.problem("'health' wants a 'path', as /health");
      }
      return new Health(
          path.map(CareReader::path).orElse(usual.path()),
          health.take("interval").map(t -> t.time(usual.interval())).orElse(usual.interval()),
          health.take("timeout").map(t -> t.time(usual.timeout())).orElse(usual.timeout()),
          health.take("rise").map(n -> n.whole(1, 100, 1)).orElse(usual.rise()),
          health.take("fall").map(n -> n.whole(1, 100, 1)).orElse(usual.fall()));
    }
  }

  private static Check check(Item item) {
    if (!item.isMapping()) {
      return new Check(
          "GET",
          path(item),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty());
    }
    try (Section check = item.section("a check")) {
      Optional<Item> path = check.take("path");
      if (path.isEmpty()) {
        item.problem("a check wants a 'path', as /products");
      }
      return new Check(
          text(check.take("method"), METHOD, "a method, as GET").orElse("GET"),
          path.map(CareReader::path).orElse("/"),
          text(check.take("body"), TEXT, "the text that is sent"),
          check
              .take("status")
              .map(status -> OptionalInt.of(status.whole(200, 599, 200)))
              .orElse(OptionalInt.empty()),
          text(check.take("type"), TYPE, "a content type, as application/json"),
          text(check.take("contains"), TEXT, "a text that the answer has"));
    }
  }

  private static Optional<String> text(Optional<Item> item, Pattern form, String wanted) {
    return item.flatMap(i -> i.text(form, wanted)).map(Matcher::group);
  }

  private static String path(Item item) {
    return item.text(TARGET, "a path, as /health").map(Matcher::group).orElse("/");
  }
}
