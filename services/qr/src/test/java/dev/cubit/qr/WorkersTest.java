package dev.cubit.qr;

import static dev.cubit.qr.Running.assertProblem;
import static dev.cubit.qr.Running.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Large work beside small. One worker, and two places to wait. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WorkersTest {
  private static final String LARGE = "/?data=a&size=4000";

  private final Running qr = new Running(new QrSettings(1, 2, false), 1);
  private final Vertx vertx = Vertx.vertx();

  @AfterAll
  void stop() {
    vertx.close();
    qr.close();
  }

  @Test
  void large_orders_wait_in_a_queue_until_it_is_full_and_small_ones_pass() throws Exception {
    var go = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    qr.shared
        .workers()
        .order(
            vertx.getOrCreateContext(),
            maker -> {
              begun.countDown();
              return isReleased(go);
            });
    begun.await();
    var waiting = new ArrayList<CompletableFuture<Integer>>();
    for (int i = 0; i < 2; i++) {
      var request = qr.request("GET", LARGE, new byte[0]);
      waiting.add(
          qr.client()
              .sendAsync(request, BodyHandlers.ofByteArray())
              .thenApply(response -> response.statusCode()));
    }
    await().until(() -> qr.shared.workers().waiting() == 2);

    var refused = qr.get(LARGE);
    assertProblem(refused, 503, "", "come back");
    assertThat(header(refused, "retry-after")).isEqualTo("1");
    assertProblem(qr.post("/batch", "text/plain", "a"), 503, "", "come back");
    for (int i = 0; i < 50; i++) {
      assertThat(qr.get("/?data=" + i).statusCode()).isEqualTo(200);
    }
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    assertThat(qr.shared.workers().refused()).isEqualTo(2);

    go.countDown();
    for (var answer : waiting) {
      assertThat(answer.get()).isEqualTo(200);
    }
    assertThat(qr.get(LARGE).statusCode()).isEqualTo(200);
    assertThat(qr.shared.workers().waiting()).isZero();
  }

  @Test
  void a_problem_that_shows_in_the_work_is_told_as_any_other() throws Exception {
    assertProblem(qr.get("/?data=a&size=9000x20"), 400, "size", "too small");
  }

  private static boolean isReleased(CountDownLatch go) {
    try {
      go.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
