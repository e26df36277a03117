package dev.cubit.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names, asked of a real name server. */
class ResolverTest {
  private final NameServer names = NameServer.start();
  private final Resolver resolver = new Resolver(Optional.of(names.address()));

  @AfterEach
  void close() {
    resolver.close();
    names.close();
  }

  private List<String> find(String name, int port) throws Exception {
    return resolver.find(name, port).servers().stream()
        .map(NetUtil::toSocketAddressString)
        .sorted()
        .toList();
  }

  private Duration holds(String name) throws Exception {
    return resolver.find(name, 80).holds();
  }

  @Test
  void all_addresses_of_a_name_are_servers() throws Exception {
    names.say("products.test", 30, "10.0.0.5", "10.0.0.6");

    assertThat(find("products.test", 8080)).containsExactly("10.0.0.5:8080", "10.0.0.6:8080");
  }

  @Test
  void an_answer_holds_for_its_ttl_between_a_second_and_five_minutes() throws Exception {
    names.say("a.test", 30, "10.0.0.5").say("b.test", 0, "10.0.0.5");
    names.say("c.test", 86_400, "10.0.0.5");

    assertThat(holds("a.test")).isEqualTo(Duration.ofSeconds(30));
    assertThat(holds("b.test")).isEqualTo(Duration.ofSeconds(1));
    assertThat(holds("c.test")).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void an_alias_holds_no_longer_than_its_own_ttl() throws Exception {
    names.alias("shop.test", 7, "middle.test").alias("middle.test", 20, "real.test");
    names.say("real.test", 60, "10.0.0.7");

    assertThat(find("shop.test", 80)).containsExactly("10.0.0.7:80");
    assertThat(holds("shop.test")).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void ipv6_is_for_names_that_have_nothing_else() throws Exception {
    names.say("both.test", 30, "10.0.0.5", "2001:db8::5").say("six.test", 30, "2001:db8::6");

    assertThat(find("both.test", 80)).containsExactly("10.0.0.5:80");
    assertThat(find("six.test", 80)).containsExactly("[2001:db8::6]:80");
  }

  @Test
  void a_service_has_the_servers_of_its_most_preferred_priority_with_their_ports()
      throws Exception {
    names.say("a.test", 30, "10.0.0.5").say("b.test", 4, "10.0.0.6").say("c.test", 9, "10.0.0.7");
    names.service("_http._tcp.test", 60, 10, 8081, "a.test");
    names.service("_http._tcp.test", 60, 10, 8082, "b.test");
    names.service("_http._tcp.test", 60, 10, 8083, "unknown.test");
    names.service("_http._tcp.test", 60, 20, 8084, "c.test");

    assertThat(find("_http._tcp.test", 0)).containsExactly("10.0.0.5:8081", "10.0.0.6:8082");
    assertThat(resolver.find("_http._tcp.test", 0).holds()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void names_of_the_hosts_file_are_found_without_a_name_server() throws Exception {
    names.silent(true);

    assertThat(find("localhost", 80)).containsExactly("127.0.0.1:80");
    assertThat(names.questions).hasValue(0);
  }

  @Test
  void what_is_not_found_says_why() {
    assertThatThrownBy(() -> find("unknown.test", 80))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("no name server knows an address of it");
    assertThatThrownBy(() -> find("_http._tcp.test", 0))
        .hasMessage("no name server knows an address of it");
    assertThatThrownBy(() -> find("a..test", 80)).hasMessage("it is no name of a host");
    names.service("_http._tcp.test", 60, 10, 8081, ".");
    assertThatThrownBy(() -> find("_http._tcp.test", 0))
        .hasMessage("its SRV records lead to no address");
    names.silent(true);
    assertThatThrownBy(() -> find("unknown.test", 80)).hasMessage("no name server answers");
  }
}
