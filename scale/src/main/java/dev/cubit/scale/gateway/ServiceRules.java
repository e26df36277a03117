package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Balancer;
import dev.cubit.scale.gateway.balance.HashByKey;
import dev.cubit.scale.gateway.balance.LeastRequests;
import dev.cubit.scale.gateway.balance.PeakEwma;
import dev.cubit.scale.gateway.balance.RoundRobin;
import dev.cubit.scale.gateway.balance.Sticky;
import dev.cubit.scale.gateway.balance.TwoChoices;
import dev.cubit.scale.partition.KeyFinder;
import dev.cubit.scale.topology.Balancing;
import dev.cubit.scale.topology.Balancing.Policy;
import dev.cubit.scale.topology.KeySource;
import dev.cubit.scale.topology.Origin;
import dev.cubit.scale.topology.Partitioning.Folding;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Version;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the file says of how a service is asked, ready for use: made once, shared by all event
 * loops. Nothing of it changes but the buckets of its rate limit.
 *
 * @param balancerKey finds what is hashed, or the cookie
 * @param rateKey finds whose requests are counted; empty: the client's address
 * @param versions empty where there is only one; a service with partitions has no more
 */
record ServiceRules(
    Balancing balancing,
    Optional<KeyFinder> balancerKey,
    Optional<KeyFinder> rateKey,
    Optional<RateLimit> limit,
    List<Version> versions) {

  /**
   * As the file says.
   *
   * @param before what held until now; its rate limit goes on where it is the same
   * @throws ScaleException where the key that tokens must be signed with cannot be read
   */
  static ServiceRules of(ServicePlan plan, @Nullable ServiceRules before) throws ScaleException {
    Balancing balancing = plan.balancing();
    Optional<KeyFinder> balancerKey =
        switch (balancing.policy()) {
          case Policy.Hash(KeySource key) -> Optional.of(finder(key));
          case Policy.Sticky(String cookie) -> Optional.of(finder(new KeySource.Cookie(cookie)));
          case Policy.TwoChoices _,
              Policy.RoundRobin _,
              Policy.LeastRequests _,
              Policy.PeakEwma _ ->
              Optional.empty();
        };
    Optional<KeySource> counted = balancing.rate().flatMap(Balancing.Rate::key);
    Optional<KeyFinder> rateKey =
        counted.isPresent() ? Optional.of(finder(counted.get())) : Optional.empty();
    Optional<RateLimit> known =
        before == null ? Optional.empty() : before.limit.filter(l -> isOf(l, balancing));
    List<Version> versions =
        plan.origin() instanceof Origin.Started(List<Version> all) && all.size() > 1
            ? all
            : List.of();
    return new ServiceRules(
        balancing,
        balancerKey,
        rateKey,
        known.isPresent() ? known : balancing.rate().map(RateLimit::new),
        versions);
  }

  private static boolean isOf(RateLimit limit, Balancing balancing) {
    return balancing.rate().filter(limit.rate()::equals).isPresent();
  }

  private static KeyFinder finder(KeySource source) throws ScaleException {
    return KeyFinder.of(source, Folding.NONE, InstantSource.system());
  }

  /** A balancer for one event loop. */
  static Balancer balancer(Policy policy, RandomGenerator random) {
    return switch (policy) {
      case Policy.TwoChoices _ -> new TwoChoices(random);
      case Policy.RoundRobin _ -> new RoundRobin();
      case Policy.LeastRequests _ -> new LeastRequests(random);
      case Policy.PeakEwma _ -> new PeakEwma(random);
      case Policy.Hash _ -> new HashByKey(new TwoChoices(random));
      case Policy.Sticky _ -> new Sticky(new TwoChoices(random));
    };
  }
}
