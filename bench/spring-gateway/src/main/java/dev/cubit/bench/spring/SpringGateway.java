package dev.cubit.bench.spring;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;

/**
 * Spring Cloud Gateway with one route and nothing else: no metrics, no health checks, no filters
 * but those that it always has. Its words: the port to listen on, and the port of the server.
 */
@SpringBootApplication
public class SpringGateway {
  static int upstream;

  public static void main(String[] words) {
    upstream = Integer.parseInt(words[1]);
    SpringApplication application = new SpringApplication(SpringGateway.class);
    application.setDefaultProperties(
        Map.of(
            "server.port", words[0],
            "server.address", "127.0.0.1",
            "spring.main.banner-mode", "off",
            "spring.cloud.gateway.server.webflux.httpclient.pool.type", "ELASTIC"));
    application.run();
  }

  @Bean
  RouteLocator routes(RouteLocatorBuilder builder) {
    return builder
        .routes()
        .route("hello", route -> route.path("/**").uri("http://127.0.0.1:" + upstream))
        .build();
  }
}
