package dev.cubit.scale;

import dev.cubit.scale.clone.Clone;
import dev.cubit.scale.clone.Traffic;
import dev.cubit.scale.gateway.Endpoint;
import dev.cubit.scale.gateway.Gateway;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The gateway as the supervisor sees it. The fleet is opened first, for the lock on the system's
 * folder, so it is given the routes only afterwards, and before there is a clone.
 */
final class GatewayTraffic implements Traffic {
  private volatile @Nullable Routes given;

  void through(Routes routes) {
    given = routes;
  }

  private Routes routes() {
    return Objects.requireNonNull(given, "a clone before there is a gateway");
  }

  static Endpoint endpoint(Clone clone) {
    return new Endpoint(
        clone.service(),
        clone.version(),
        clone.partition(),
        clone.name(),
        clone.host(),
        clone.port(),
        false);
  }

  private Gateway gateway() {
    return routes().gateway();
  }

  @Override
  public void admit(Clone clone) {
    gateway().admit(endpoint(clone));
  }

  @Override
  public void suspend(Clone clone) {
    // what is under way may still be answered, and nobody waits for that
    var _ = gateway().drain(endpoint(clone));
  }

  @Override
  public void resume(Clone clone) {
    gateway().admit(endpoint(clone));
  }

  @Override
  public CompletableFuture<Void> drain(Clone clone) {
    return gateway().drain(endpoint(clone));
  }

  @Override
  public void forget(Clone clone) {
    gateway().forget(endpoint(clone));
  }

  @Override
  public long requests(Clone clone) {
    return gateway().requests(endpoint(clone));
  }

  @Override
  public void changeOver(ServicePlan plan) throws ScaleException {
    routes().changeOver(plan);
  }

  @Override
  public void end() {
    Routes routes = given;
    if (routes != null) {
      routes.end();
    }
  }
}
