package dev.cubit.cart;

import dev.cubit.server.ProblemException;
import dev.cubit.server.ServerException;
import dev.cubit.server.Settings;
import dev.cubit.store.rest.JsonText;
import dev.cubit.store.rest.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Asks the service products for prices, through the gateway, of all products at the same time.
 *
 * <p>A price is asked for when it is needed and not kept: what is bought costs what it costs then.
 */
final class Prices {
  /** What of a request is told the services behind (W3C Trace Context, and the request's id). */
  private static final List<String> PASSED_ON =
      List.of("traceparent", "tracestate", "x-request-id");

  /** Questions under way at the same time, of all requests here. */
  private static final int MOST_QUESTIONS = 256;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Semaphore questions = new Semaphore(MOST_QUESTIONS, true);
  private final String base;
  private final Duration patience;

  /**
   * Makes one.
   *
   * @param base URL without a slash at its end
   * @param patience for all prices of one request together
   */
  Prices(String base, Duration patience) {
    this.base = base;
    this.patience = patience;
  }

  /**
   * Reads PRODUCTS_URL and PRODUCTS_WAIT.
   *
   * @throws ServerException if one makes no sense
   */
  static Prices from(Map<String, String> environment) {
    var given = environment.getOrDefault("PRODUCTS_URL", "").strip();
    var url = given.isEmpty() ? "http://127.0.0.1:8080" : given;
    return new Prices(
        base(url),
        Duration.ofMillis(Settings.number(environment, "PRODUCTS_WAIT", 10, 60_000).orElse(2000)));
  }

  private static String base(String url) {
    try {
      var uri = URI.create(url);
      var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean complete = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
      if (complete && uri.getQuery() == null && uri.getFragment() == null) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
      }
    } catch (IllegalArgumentException notOne) {
      // Said below.
    }
    throw ServerException.usage(
        "PRODUCTS_URL is '" + url + "'; set it to where products are, as in http://127.0.0.1:8080");
  }

  /**
   * The prices of products, each at the moment; those that do not come in time are not known.
   *
   * @param headers of the request that they are for
   */
  Map<String, Price> of(List<String> products, Map<String, String> headers) {
    long deadline = System.nanoTime() + patience.toNanos();
    var asked = new LinkedHashMap<String, CompletableFuture<Price>>();
    for (var product : products) {
      asked.put(product, ask(product, headers, deadline));
    }
    var prices = new LinkedHashMap<String, Price>();
    asked.forEach((product, price) -> prices.put(product, await(price, deadline)));
    return prices;
  }

  private CompletableFuture<Price> ask(String product, Map<String, String> headers, long deadline) {
    var request =
        HttpRequest.newBuilder(URI.create(base + "/products/" + Target.encoded(product)))
            .header("accept", "application/json")
            .timeout(patience);
    for (var name : PASSED_ON) {
      var value = headers.getOrDefault(name, "");
      // What is not printable is no value of these, and the client would not send it.
      if (!value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
        request.header(name, value);
      }
    }
    try {
      if (!questions.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return CompletableFuture.completedFuture(new Price.NotNow());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.completedFuture(new Price.NotNow());
    }
    return client
        .sendAsync(request.build(), BodyHandlers.ofByteArray())
        .whenComplete((response, failure) -> questions.release())
        .thenApply(Prices::read);
  }

  private static Price await(CompletableFuture<Price> price, long deadline) {
    try {
      return price.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      boolean expected = e instanceof TimeoutException || e.getCause() instanceof IOException;
      LoggerFactory.getLogger(Prices.class)
          .atLevel(expected ? Level.DEBUG : Level.WARN)
          .setCause(e)
          .log("a price did not come");
      price.cancel(true);
      return new Price.NotNow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Price.NotNow();
    }
  }

  private static Price read(HttpResponse<byte[]> response) {
    if (response.statusCode() == 404) {
      return new Price.NoProduct();
    }
    if (response.statusCode() != 200) {
      return new Price.NotNow();
    }
    try {
      var price = JsonText.readObject(response.body()).path("price");
      return price.path("amount").canConvertToLong() && price.path("currency").isString()
          ? new Price.Known(price.path("amount").longValue(), price.path("currency").stringValue())
          : new Price.NotNow();
    } catch (ProblemException notOurs) {
      LoggerFactory.getLogger(Prices.class)
          .warn(
              "what answers at PRODUCTS_URL is not the service products: {}", notOurs.getMessage());
      return new Price.NotNow();
    }
  }
}
