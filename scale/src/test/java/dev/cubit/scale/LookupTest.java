package dev.cubit.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.clone.Events;
import dev.cubit.scale.clone.Probe;
import dev.cubit.scale.gateway.Gateway;
import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.TopologyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupTest {
  @TempDir Path folder;

  @Test
  void a_change_that_met_a_bug_is_made_again() throws Exception {
    Path file = folder.resolve("cubit.yaml");
    Files.writeString(file, "services: { shop: { route: /, dns: 'shop.test:80' } }");
    Site site = Site.of(TopologyFile.read(file, Map.of()).services().getFirst()).iterator().next();
    List<ServerEvent> told = new CopyOnWriteArrayList<>();
    AtomicInteger changes = new AtomicInteger();
    try (NameServer names = NameServer.start().say("shop.test", 1, "127.0.0.1");
        Gateway gateway = Gateway.start(GatewayPlan.on(0));
        Probe probe = new Probe();
        Resolver resolver = new Resolver(Optional.of(names.address()));
        Events<ServerEvent> events = new Events<>("told", told::add)) {
      Lookup lookup =
          new Lookup(
              site,
              new FixedServers.Ground(gateway, probe, resolver, events),
              () -> {
                if (changes.incrementAndGet() == 1) {
                  throw new IllegalStateException("the bug of a test");
                }
              });
      lookup.first();
      lookup.begin();
      names.say("shop.test", 1, "127.0.0.2");

      await().untilAsserted(() -> assertThat(changes).hasValue(2));
      assertThat(told)
          .extracting(ServerEvent::sentence)
          .anyMatch(sentence -> sentence.endsWith("the bug of a test"));
      lookup.end();
      lookup.awaitEnd();
    }
  }
}
