package dev.cubit.measure;

import dev.cubit.load.Connections;
import dev.cubit.load.Header;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.Request;
import dev.cubit.load.Tls;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The same load on another server. */
public final class Retarget {
  /** Headers that say something of a body. */
  private static final Set<String> OF_BODY =
      Set.of("content-type", "content-length", "content-encoding", "transfer-encoding", "expect");

  private Retarget() {}

  /**
   * All requests of a plan, sent to another origin over TCP.
   *
   * @param origin scheme, host and port
   */
  public static LoadPlan toOrigin(LoadPlan plan, URI origin) {
    return overTcp(plan)
        .with(
            plan.requests().stream()
                .map(
                    r ->
                        new Request(
                            r.method(), origin, r.target(), r.headers(), r.body(), r.checks()))
                .toList());
  }

  /**
   * {@code GET /} of a server that does nothing, with as many bytes of headers as the plan's first
   * request sends: what a target has to read before its own work begins is part of the ceiling.
   * Bodies and checks are left out.
   */
  public static LoadPlan toRoot(LoadPlan plan, URI origin) {
    List<Header> headers =
        plan.requests().getFirst().headers().stream()
            .filter(h -> !OF_BODY.contains(h.name().toLowerCase(Locale.ROOT)))
            .filter(h -> !h.name().equalsIgnoreCase("host"))
            .toList();
    return overTcp(plan)
        .with(List.of(new Request("GET", origin, "/", headers, new byte[0], List.of())));
  }

  private static LoadPlan overTcp(LoadPlan plan) {
    Connections c = plan.connections();
    return plan.with(
        new Connections(
            c.count(),
            c.pipelining(),
            c.protocol(),
            c.requestsBeforeReconnect(),
            c.maxRequestsEach(),
            Optional.empty(),
            new Tls(
                c.tls().acceptAny(),
                c.tls().authorities(),
                c.tls().certificate(),
                c.tls().key(),
                Optional.empty())));
  }
}
