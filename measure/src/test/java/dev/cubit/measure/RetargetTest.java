package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.Check;
import dev.cubit.load.Connections;
import dev.cubit.load.Header;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.Protocol;
import dev.cubit.load.Request;
import dev.cubit.load.Tls;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RetargetTest {
  private static final URI OTHER = URI.create("http://127.0.0.1:9999");

  private final Request post =
      new Request(
          "POST",
          URI.create("https://example.org"),
          "/a?b=c",
          List.of(
              new Header("Accept", "image/png"),
              new Header("Content-Type", "text/plain"),
              new Header("Host", "example.org")),
          new byte[] {1, 2},
          List.of(new Check.BodyContains("x")));
  private final LoadPlan plan =
      LoadPlan.of(post, post)
          .with(
              new Connections(
                  7,
                  3,
                  Protocol.HTTP_2,
                  50,
                  OptionalLong.of(1000),
                  Optional.of(Path.of("/run/x.sock")),
                  Tls.DEFAULT));

  @Test
  void another_origin_gets_the_same_requests_over_tcp() {
    LoadPlan other = Retarget.toOrigin(plan, OTHER);
    assertThat(other.requests()).hasSize(2);
    assertThat(other.requests().getFirst().url()).isEqualTo("http://127.0.0.1:9999/a?b=c");
    assertThat(other.requests().getFirst().body()).containsExactly(1, 2);
    assertThat(other.requests().getFirst().checks()).hasSize(1);
    assertThat(other.connections().unixSocket()).isEmpty();
    assertThat(other.connections().count()).isEqualTo(7);
    assertThat(other.connections().pipelining()).isEqualTo(3);
    assertThat(other.extent()).isEqualTo(plan.extent());
  }

  @Test
  void the_root_is_asked_for_with_a_plain_get_and_the_same_headers() {
    LoadPlan root = Retarget.toRoot(plan, OTHER);
    assertThat(root.requests()).hasSize(1);
    Request get = root.requests().getFirst();
    assertThat(get.method()).isEqualTo("GET");
    assertThat(get.url()).isEqualTo("http://127.0.0.1:9999/");
    assertThat(get.headers()).containsExactly(new Header("Accept", "image/png"));
    assertThat(get.body()).isEmpty();
    assertThat(get.checks()).isEmpty();
    assertThat(root.connections().protocol()).isEqualTo(Protocol.HTTP_2);
    assertThat(root.connections().requestsBeforeReconnect()).isEqualTo(50);
  }
}
