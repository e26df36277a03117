package dev.cubit.scale.topology;

import dev.cubit.scale.topology.Balancing.Bounds;
import dev.cubit.scale.topology.Balancing.Ejection;
import dev.cubit.scale.topology.Balancing.Policy;
import dev.cubit.scale.topology.Balancing.Rate;
import dev.cubit.scale.topology.Balancing.Retries;
import dev.cubit.scale.topology.Balancing.Timeouts;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how the gateway spreads requests. */
final class BalancingReader {
  private static final Pattern TOKEN = Pattern.compile(KeyReader.TOKEN);
  private static final Pattern RATE =
      Pattern.compile("(\\d(?:_?\\d){0,8}(?:\\.\\d{1,6})?)/(s|m|h)");
  private static final int MOST = 1_000_000;

  private BalancingReader() {}

  static Balancing of(Section service) {
    Balancing usual = Balancing.usual();
    return new Balancing(
        service.take("balance").map(BalancingReader::policy).orElse(usual.policy()),
        service.take("timeouts").map(t -> timeouts(t, usual.timeouts())).orElse(usual.timeouts()),
        service.take("limits").map(l -> bounds(l, usual.bounds())).orElse(usual.bounds()),
        service.take("retries").map(r -> retries(r, usual.retries())).orElse(usual.retries()),
        service.take("eject").map(e -> ejection(e, usual.ejection())).orElse(usual.ejection()),
        service.take("rate").map(BalancingReader::rate),
        service
            .take("slow-start")
            .map(t -> t.timeOrNone(usual.slowStart()))
            .orElse(usual.slowStart()));
  }

  private static Policy policy(Item item) {
    if (!item.isMapping()) {
      return switch (item.choice(
          List.of("two-choices", "round-robin", "least-requests", "peak-ewma"))) {
        case "round-robin" -> new Policy.RoundRobin();
        case "least-requests" -> new Policy.LeastRequests();
        case "peak-ewma" -> new Policy.PeakEwma();
        default -> new Policy.TwoChoices();
      };
    }
    try (Section balance = item.section("'balance'")) {
      Optional<Item> hash = balance.take("hash");
      Optional<Item> sticky = balance.take("sticky");
      if (hash.isPresent() == sticky.isPresent()) {
        item.problem("'balance' wants one of { hash: KEY } and { sticky: COOKIE }");
      }
      return hash.<Policy>map(key -> new Policy.Hash(KeyReader.of(key)))
          .or(
              () ->
                  sticky
                      .flatMap(s -> s.text(TOKEN, "the name of a cookie"))
                      .map(Matcher::group)
                      .map(Policy.Sticky::new))
          .orElse(new Policy.TwoChoices());
    }
  }

  private static Timeouts timeouts(Item item, Timeouts usual) {
    try (Section timeouts = item.section("'timeouts'")) {
      return new Timeouts(
          timeouts.take("connect").map(t -> t.time(usual.connect())).orElse(usual.connect()),
          timeouts.take("idle").map(t -> t.time(usual.idle())).orElse(usual.idle()),
          timeouts.take("request").map(t -> t.time(usual.request())).orElse(usual.request()));
    }
  }

  private static Bounds bounds(Item item, Bounds usual) {
    try (Section limits = item.section("'limits' of a service")) {
      return new Bounds(
          limits.take("connections").map(n -> n.whole(1, MOST, 1)).orElse(usual.connections()),
          limits.take("requests").map(n -> n.whole(1, MOST, 1)).orElse(usual.requests()),
          limits.take("pending").map(n -> n.whole(0, MOST, 0)).orElse(usual.pending()));
    }
  }

  /** The file counts repeats, as people do; the record all attempts. */
  private static Retries retries(Item item, Retries usual) {
    if (!item.isMapping()) {
      return new Retries(1 + item.whole(0, 10, 1), usual.budget());
    }
    try (Section retries = item.section("'retries'")) {
      return new Retries(
          retries.take("times").map(n -> 1 + n.whole(0, 10, 1)).orElse(usual.attempts()),
          retries.take("budget").map(b -> b.share(usual.budget())).orElse(usual.budget()));
    }
  }

  private static Ejection ejection(Item item, Ejection usual) {
    if (!item.isMapping()) {
      item.choice(List.of("off"));
      return new Ejection(0, 0, usual.time(), usual.most());
    }
    try (Section eject = item.section("'eject'")) {
      return new Ejection(
          eject.take("failures").map(n -> n.whole(0, 1_000, 0)).orElse(usual.failures()),
          eject.take("slower").map(f -> f.decimal(1, 1_000, 2)).orElse(usual.latencyFactor()),
          eject.take("time").map(t -> t.time(usual.time())).orElse(usual.time()),
          eject.take("most").map(m -> m.share(usual.most())).orElse(usual.most()));
    }
  }

  private static Rate rate(Item item) {
    if (!item.isMapping()) {
      double perSecond = perSecond(item);
      return new Rate(Optional.empty(), perSecond, burst(perSecond));
    }
    try (Section rate = item.section("'rate'")) {
      Optional<Item> requests = rate.take("requests");
      if (requests.isEmpty()) {
        item.problem("'rate' wants 'requests', as 100/s");
      }
      double perSecond = requests.map(BalancingReader::perSecond).orElse(1.0);
      return new Rate(
          rate.take("key").map(KeyReader::of),
          perSecond,
          rate.take("burst").map(n -> n.whole(1, MOST, 1)).orElse(burst(perSecond)));
    }
  }

  private static double perSecond(Item item) {
    Optional<Matcher> rate = item.text(RATE, "requests in a time, as 100/s or 600/m");
    if (rate.isEmpty()) {
      return 1;
    }
    double count = Double.parseDouble(rate.get().group(1).replace("_", ""));
    if (count == 0) {
      item.problem("'" + item.name() + "' lets nothing through: write 1/m or more");
    }
    return count
        / switch (rate.get().group(2)) {
          case "h" -> 3_600;
          case "m" -> 60;
          default -> 1;
        };
  }

  /** A second's worth, at least one. */
  private static int burst(double perSecond) {
    return Math.max(1, (int) Math.ceil(perSecond));
  }
}
