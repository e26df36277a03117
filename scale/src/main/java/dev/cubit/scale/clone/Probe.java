package dev.cubit.scale.clone;

import dev.cubit.scale.topology.Care.Check;
import dev.cubit.scale.topology.Care.Health;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks clones, and servers that run already, whether they are well and answer as they should. May
 * be used by many threads.
 */
public final class Probe implements AutoCloseable {
  /** A check's answer that is longer fails it: it would fill memory. */
  private static final long MOST_BYTES = 16L << 20;

  private static final Duration CHECK_TIME = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** With connections of its own. */
  public Probe() {}

  /** Why nothing can be asked there; empty where the port accepts. */
  public Optional<String> port(String host, int port, Duration within) throws InterruptedException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) Math.max(1, within.toMillis()));
      return Optional.empty();
    } catch (SocketTimeoutException e) {
      return Optional.of("its port does not accept within " + within.toMillis() + " ms");
    } catch (IOException e) {
      if (Thread.interrupted()) { // a virtual thread's socket is closed by it
        throw new InterruptedException();
      }
      return Optional.of("its port does not accept: " + said(e));
    }
  }

  /** Why it is not healthy; empty where it is. */
  public Optional<String> health(String host, int port, Health health) throws InterruptedException {
    Answer<Void> answer =
        ask(
            HttpRequest.newBuilder(uri(host, port, health.path())).GET().build(),
            BodyHandlers.discarding(),
            health.timeout());
    return switch (answer) {
      case Answer.None<Void>(String why) -> Optional.of("GET " + health.path() + " " + why);
      case Answer.Got<Void>(HttpResponse<Void> response) ->
          isGood(response)
              ? Optional.empty()
              : Optional.of("GET " + health.path() + " answers " + response.statusCode());
    };
  }

  /** What is wrong with the answer to a check; empty where nothing is. */
  Optional<String> check(String host, int port, Check check) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(host, port, check.path()))
            .method(
                check.method(),
                check.body().map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()))
            .build();
    Answer<String> answer =
        ask(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES), CHECK_TIME);
    String name = check.method() + " " + check.path();
    return switch (answer) {
      case Answer.None<String>(String why) -> Optional.of(name + " " + why);
      case Answer.Got<String>(HttpResponse<String> response) ->
          differs(check, response).map(how -> name + " " + how);
    };
  }

  private static Optional<String> differs(Check check, HttpResponse<String> response) {
    int status = response.statusCode();
    if (check.status().isPresent() ? status != check.status().getAsInt() : !isGood(response)) {
      String wanted =
          check.status().isPresent() ? Integer.toString(check.status().getAsInt()) : "2xx";
      return Optional.of("answers " + status + " instead of " + wanted);
    }
    String type = response.headers().firstValue("content-type").orElse("").split(";", 2)[0].strip();
    if (check.type().isPresent()
        && !type.toLowerCase(Locale.ROOT).equals(check.type().get().toLowerCase(Locale.ROOT))) {
      return Optional.of("answers with '" + type + "' instead of " + check.type().get());
    }
    return check
        .contains()
        .filter(text -> !response.body().contains(text))
        .map(text -> "answers without '" + text + "' in its body");
  }

  private static boolean isGood(HttpResponse<?> response) {
    return response.statusCode() / 100 == 2;
  }

  private static URI uri(String host, int port, String path) {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + port + path);
  }

  /** Of a request. */
  private sealed interface Answer<T> {
    record Got<T>(HttpResponse<T> response) implements Answer<T> {}

    record None<T>(String why) implements Answer<T> {}
  }

  /** The time is for the whole answer: the client's own is only for its head. */
  private <T> Answer<T> ask(HttpRequest request, BodyHandler<T> body, Duration within)
      throws InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
    try {
      return new Answer.Got<>(answer.get(within.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Answer.None<>("does not answer within " + within.toMillis() + " ms");
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        return new Answer.None<>(
            cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                ? "fails: " + said(cause)
                : "is not answered by HTTP/1.1: " + said(cause)); // as by one of HTTP/2 alone
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static String said(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
