package dev.cubit.diagnose.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.diagnose.jvm.NativeThread.Kind;
import dev.cubit.diagnose.ledger.Activity;
import dev.cubit.diagnose.ledger.Item;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the doctor says of evidence that is made by hand; on real servers bench/zoo.sh tells. */
class DoctorTest {
  private static final String[] OWN = {"shop.Price.compute", "shop.Order.place"};
  private static final String[] SERVING = {
    "io.netty.channel.Channel.write", "io.vertx.core.Response.end", "shop.Order.place"
  };

  @Test
  void a_service_that_nothing_holds_up_is_healthy() {
    Case well = new Case();
    well.inFlight = 0.5;

    assertThat(well.part(Item.CPU, 0.4).runs(OWN).verdict()).isEqualTo(Cause.HEALTHY);
  }

  @Test
  void most_of_the_time_unexplained_is_not_enough_evidence() {
    assertThat(new Case().part(Item.UNEXPLAINED, 14).runs(OWN).verdict()).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void hardly_an_answer_is_not_enough_evidence() {
    Case none = new Case();
    none.responses = 3;

    assertThat(none.verdict()).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void full_cores_with_the_applications_work_are_cpu_bound() {
    Case full = new Case();
    full.machine = 0.97;
    full.jvm = 0.85;

    assertThat(full.part(Item.READY, 12).runs(OWN).verdict()).isEqualTo(Cause.CPU);
  }

  @Test
  void full_cores_with_the_serving_itself_are_the_generators() {
    Case full = new Case();
    full.machine = 0.97;
    full.jvm = 0.6;

    assertThat(full.part(Item.READY, 12).runs(SERVING).verdict()).isEqualTo(Cause.GENERATOR);
  }

  @Test
  void of_a_recording_alone_a_full_machine_does_not_hide_what_its_threads_wait_for() {
    Case full = new Case();
    full.known = false;
    full.machine = 0.99;
    full.jvm = 0.15;

    assertThat(
            full.part(Item.CPU, 0.6)
                .waits(Item.PERMIT, Activity.PERMIT, 14, 0, "shop.Order.place")
                .runs(OWN)
                .verdict())
        .isEqualTo(Cause.POOL);
  }

  @Test
  void cores_that_others_take_do_not_hide_carriers_that_are_kept() {
    Case full = new Case();
    full.machine = 0.99;
    full.jvm = 0.12;

    assertThat(
            full.part(Item.NO_CARRIER, 9)
                .part(Item.CPU_QUEUE, 3)
                .waits(Item.SLEEP, Activity.SLEEP, 2, 2, "java.lang.Thread.sleep", "shop.A.init")
                .runs(SERVING)
                .verdict())
        .isEqualTo(Cause.PINNED);
  }

  @Test
  void cores_that_others_take_do_not_hide_a_lock() {
    Case full = new Case();
    full.machine = 0.99;
    full.jvm = 0.1;

    assertThat(
            full.waits(Item.LOCK, Activity.LOCK, 15, 0, "java.lang.Object.wait", "shop.Order.place")
                .verdict())
        .isEqualTo(Cause.LOCK);
  }

  @Test
  void a_lock_is_named_with_its_class_and_place() {
    Finding lock =
        new Case().waits(Item.LOCK, Activity.LOCK, 12, 0, "shop.Order.place").diagnose().verdict();

    assertThat(lock.headline())
        .isEqualTo(
            "75 % of the requests in flight wait for a lock of class shop.Stock, taken in"
                + " Order.place.");
  }

  @Test
  void a_permit_that_most_wait_for_is_a_pool_too_small() {
    assertThat(
            new Case()
                .waits(Item.PERMIT, Activity.PERMIT, 14, 0, "shop.Order.place")
                .waits(Item.NETWORK, Activity.NETWORK, 2, 0, "shop.Order.place")
                .verdict())
        .isEqualTo(Cause.POOL);
  }

  @Test
  void a_pool_whose_holders_take_all_cores_is_not_the_cause() {
    Case full = new Case();
    full.machine = 0.97;
    full.jvm = 0.85;

    assertThat(
            full.part(Item.CPU, 2)
                .waits(Item.PERMIT, Activity.PERMIT, 12, 0, "shop.Order.place")
                .runs(OWN)
                .verdict())
        .isEqualTo(Cause.CPU);
  }

  @Test
  void a_pool_is_named_by_the_library_that_has_it() {
    Finding pool =
        new Case()
            .waits(
                Item.PERMIT,
                Activity.PERMIT,
                14,
                0,
                "jdk.internal.misc.Unsafe.park",
                "java.util.concurrent.SynchronousQueue.poll",
                "com.zaxxer.hikari.util.ConcurrentBag.borrow",
                "com.zaxxer.hikari.HikariDataSource.getConnection",
                "org.springframework.jdbc.datasource.DataSourceUtils.fetchConnection",
                "shop.Order.place")
            .diagnose()
            .verdict();

    assertThat(pool.headline()).endsWith("(HikariDataSource.getConnection).");
    assertThat(pool.facts())
        .contains(new Finding.Fact("pool", "com.zaxxer.hikari.HikariDataSource.getConnection"));
  }

  @Test
  void a_semaphore_of_the_applications_own_is_named_itself() {
    Finding pool =
        new Case()
            .waits(
                Item.PERMIT,
                Activity.PERMIT,
                14,
                0,
                "java.util.concurrent.Semaphore.acquire",
                "shop.Order.place",
                "org.springframework.web.Handler.handle")
            .diagnose()
            .verdict();

    assertThat(pool.facts()).contains(new Finding.Fact("pool", "shop.Stock@1"));
  }

  @Test
  void a_generated_proxy_is_told_by_the_class_behind_it() {
    assertThat(Words.brief("shop.Order$$SpringCGLIB$$0.place")).isEqualTo("Order.place");
    assertThat(Words.brief("shop.Order_ClientProxy.place")).isEqualTo("Order.place");
    assertThat(Words.brief("shop.Order$Line.place")).isEqualTo("Order$Line.place");
  }

  @Test
  void threads_that_all_wait_while_others_queue_are_a_pool_too_small() {
    assertThat(
            new Case()
                .part(Item.POOL_QUEUE, 12)
                .waits(Item.NETWORK, Activity.NETWORK, 4, 0, "shop.Order.place")
                .workers(false, 4, 1, 1, Activity.NETWORK)
                .verdict())
        .isEqualTo(Cause.POOL);
  }

  @Test
  void threads_that_all_work_on_full_cores_are_no_pool_too_small() {
    Case full = new Case();
    full.machine = 0.97;
    full.jvm = 0.9;

    assertThat(
            full.part(Item.POOL_QUEUE, 12)
                .workers(false, 4, 1, 1, Activity.RUNNING)
                .runs(OWN)
                .verdict())
        .isEqualTo(Cause.CPU);
  }

  @Test
  void a_loop_that_waits_is_blocked_and_not_merely_downstream() {
    assertThat(
            new Case()
                .part(Item.LOOP_QUEUE, 15)
                .waits(Item.NETWORK, Activity.NETWORK, 1, 0, "shop.Order.place")
                .workers(true, 1, 0.98, 0.97, Activity.NETWORK)
                .verdict())
        .isEqualTo(Cause.EVENT_LOOP);
  }

  @Test
  void cores_that_others_take_do_not_hide_a_loop_that_waits() {
    Case full = new Case();
    full.machine = 0.97;
    full.jvm = 0.06;

    assertThat(
            full.part(Item.LOOP_QUEUE, 15)
                .waits(Item.NETWORK, Activity.NETWORK, 1, 0, "shop.Order.place")
                .workers(true, 1, 1, 1, Activity.NETWORK)
                .runs(SERVING)
                .verdict())
        .isEqualTo(Cause.EVENT_LOOP);
  }

  @Test
  void virtual_threads_that_keep_their_carriers_are_pinned_whatever_they_wait_for() {
    assertThat(
            new Case()
                .waits(Item.SLEEP, Activity.SLEEP, 2, 2, "shop.Order.place")
                .part(Item.NO_CARRIER, 14)
                .verdict())
        .isEqualTo(Cause.PINNED);
  }

  @Test
  void answers_of_another_server_are_downstream_with_its_address() {
    Case waiting = new Case();
    waiting.connections = Map.of("10.0.0.1:5432", 16.0);

    Diagnosis diagnosis =
        waiting.waits(Item.NETWORK, Activity.NETWORK, 15, 0, "shop.Order.place").diagnose();

    assertThat(diagnosis.verdict().cause()).isEqualTo(Cause.DOWNSTREAM);
    assertThat(diagnosis.verdict().headline()).contains("10.0.0.1:5432");
  }

  /** Two milliseconds for an answer are no bottleneck while nobody stands in line for it. */
  @ParameterizedTest
  @CsvSource({"2, 10000, HEALTHY", "2, 1000, DOWNSTREAM", "15, 100000, DOWNSTREAM"})
  void another_server_is_a_finding_where_the_wait_is_long_or_many_wait(
      double waiting, long responses, Cause verdict) {
    Case asking = new Case();
    asking.inFlight = waiting;
    asking.responses = responses;

    assertThat(
            asking.waits(Item.NETWORK, Activity.NETWORK, waiting, 0, "shop.Order.place").verdict())
        .isEqualTo(verdict);
  }

  @Test
  void requests_without_a_thread_and_few_connections_wait_for_a_connection() {
    Case few = new Case();
    few.connections = Map.of("10.0.0.1:5432", 2.0);

    assertThat(few.part(Item.UNEXPLAINED, 13).part(Item.NETWORK, 2).verdict())
        .isEqualTo(Cause.POOL);
  }

  @Test
  void pauses_are_the_collectors_where_they_explain_as_much_as_the_cpu() {
    Case full = new Case();
    full.machine = 0.97;
    full.jvm = 0.9;

    assertThat(full.paused(0.4).part(Item.GC, 6).runs(OWN).verdict()).isEqualTo(Cause.GC);
  }

  @Test
  void a_tenth_of_pauses_does_not_hide_a_full_cpu() {
    Case full = new Case();
    full.machine = 0.97;
    full.jvm = 0.95;

    Diagnosis diagnosis = full.paused(0.11).runs(OWN).diagnose();

    assertThat(diagnosis.verdict().cause()).isEqualTo(Cause.CPU);
    assertThat(diagnosis.findings()).extracting(Finding::cause).contains(Cause.GC);
  }

  @Test
  void other_stops_of_the_jvm_are_told_from_collections() {
    assertThat(new Case().halted("HandshakeAllThreads", 0.3).verdict()).isEqualTo(Cause.SAFEPOINT);
    assertThat(new Case().halted("G1CollectForAllocation", 0.3).verdict()).isEqualTo(Cause.HEALTHY);
    assertThat(new Case().halted("GC_HeapInspection", 0.3).verdict()).isEqualTo(Cause.SAFEPOINT);
  }

  @Test
  void a_quota_explains_a_cpu_that_looks_full() {
    Case small = new Case();
    small.throttled = 0.8;
    small.generator = 0.95;

    assertThat(small.part(Item.CPU_QUEUE, 14).runs(OWN).verdict()).isEqualTo(Cause.THROTTLED);
  }

  @Test
  void exceptions_go_before_the_cpu_that_they_take() {
    Case storm = new Case();
    storm.machine = 0.97;
    storm.jvm = 0.9;
    storm.exceptions = 2_000_000;

    assertThat(
            storm
                .runs("java.lang.Throwable.fillInStackTrace", "shop.Order.place")
                .part(Item.READY, 12)
                .verdict())
        .isEqualTo(Cause.EXCEPTIONS);
  }

  @Test
  void a_compiler_with_cores_of_its_own_is_warm_up_only_where_cores_are_short() {
    Case full = new Case();
    full.machine = 0.95;
    full.jvm = 0.9;
    full.thread(Kind.COMPILER, 0.8).runs(OWN);
    Case idle = new Case();
    idle.jvm = 0.2;
    idle.thread(Kind.COMPILER, 0.3).runs(OWN).part(Item.SLEEP, 15);

    assertThat(full.verdict()).isEqualTo(Cause.WARM_UP);
    assertThat(idle.verdict()).isEqualTo(Cause.SLEEP);
  }

  @Test
  void lines_that_are_written_are_logging_not_a_lock() {
    assertThat(
            new Case()
                .waits(
                    Item.LOCK,
                    Activity.LOCK,
                    14,
                    0,
                    "java.io.PrintStream.println",
                    "shop.Order.place")
                .verdict())
        .isEqualTo(Cause.LOGGING);
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void every_cause_is_explained_with_what_helps_and_what_to_do_next(Cause cause) {
    Advice advice = Advice.of(cause);

    assertThat(advice.explanation()).isNotEmpty().allMatch(text -> text.endsWith("."));
    assertThat(advice.fixes()).isNotEmpty();
    assertThat(advice.next()).isNotEmpty();
    assertThat(cause.id()).matches("[a-z-]+");
  }
}
