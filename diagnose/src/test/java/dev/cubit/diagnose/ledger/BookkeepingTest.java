package dev.cubit.diagnose.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cubit.diagnose.jvm.DumpedThread;
import dev.cubit.diagnose.jvm.DumpedThread.State;
import dev.cubit.diagnose.jvm.NativeThread;
import dev.cubit.diagnose.jvm.ThreadDump;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The ledger of looks that are made by hand. */
class BookkeepingTest {
  private static final Parties PARTIES = Parties.of(List.of("shop"), "", Path.of(""));
  private static final String[] IN_LOCK = {"shop.Stock.take"};
  private static final String[] IN_SOCKET = {
    "sun.nio.ch.SocketDispatcher.read0", "java.net.Socket$SocketInputStream.read", "shop.Bank.ask"
  };
  private static final String[] IN_RESULT = {
    "jdk.internal.misc.Unsafe.park",
    "java.util.concurrent.locks.LockSupport.park",
    "java.util.concurrent.FutureTask.awaitDone",
    "java.util.concurrent.FutureTask.get",
    "shop.Order.total"
  };

  private long threads;

  private List<DumpedThread> threads(
      int number, boolean virtual, boolean mounted, State state, String... stack) {
    List<Frame> frames = Stream.of(stack).map(BookkeepingTest::frame).toList();
    List<DumpedThread> made = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      made.add(
          new DumpedThread(
              ++threads, "t-" + threads, "", virtual, mounted, state, "", List.of(), frames));
    }
    return made;
  }

  private static Frame frame(String name) {
    int dot = name.lastIndexOf('.');
    return new Frame(name.substring(0, dot), name.substring(dot + 1), 7, Frame.Kind.JAVA);
  }

  private static Ledger ledger(double inFlight, double cpu, List<List<DumpedThread>> groups) {
    List<DumpedThread> all = groups.stream().flatMap(List::stream).toList();
    Look look = new Look(Instant.EPOCH, Instant.EPOCH, new ThreadDump(all), Map.of());
    Look before = new Look(Instant.EPOCH, Instant.EPOCH, new ThreadDump(List.of()), Map.of());
    Traffic traffic =
        new Traffic(
            Instant.EPOCH,
            Duration.ofSeconds(10),
            10_000,
            1_000,
            true,
            inFlight * 1_000,
            900,
            2_000,
            0,
            0,
            0.1,
            1,
            0.1,
            0,
            List.of());
    MachineUse use =
        new MachineUse(
            10_000_000_000L,
            2,
            0.3,
            0,
            cpu,
            0,
            0,
            0,
            List.of(new ThreadUse(new NativeThread("t-1", 0, NativeThread.Kind.JAVA), cpu, 0)));
    return Bookkeeping.of(
        Optional.of(traffic), List.of(before), List.of(look), use, PARTIES, 0, 0, 0, 0);
  }

  @Test
  void a_wait_for_a_lock_is_told_by_the_state_of_the_thread() {
    Ledger ledger = ledger(16, 0.2, List.of(threads(15, false, true, State.BLOCKED, IN_LOCK)));

    assertThat(ledger.requests(Item.LOCK)).isCloseTo(15, within(1e-9));
    assertThat(ledger.unexplained()).isCloseTo(0.7 / 16, within(1e-9)); // 0.1 is the generator's
  }

  @Test
  void a_thread_that_waits_for_another_is_the_same_request_as_that_one() {
    Ledger ledger =
        ledger(
            10,
            0,
            List.of(
                threads(10, false, true, State.WAITING, IN_RESULT),
                threads(10, false, true, State.RUNNABLE, IN_SOCKET)));

    assertThat(ledger.requests(Item.NETWORK)).isCloseTo(10, within(1e-9));
    assertThat(ledger.requests(Item.RESULT)).isZero();
  }

  @Test
  void pinned_threads_are_told_also_where_what_they_wait_for_is_counted_elsewhere() {
    Ledger ledger =
        ledger(
            16,
            0,
            List.of(
                threads(2, true, true, State.WAITING, IN_RESULT),
                threads(2, false, true, State.RUNNABLE, IN_SOCKET),
                threads(14, true, false, State.RUNNABLE)));

    assertThat(ledger.parts().stream().flatMap(p -> p.waiters().stream()))
        .anySatisfy(
            w -> {
              assertThat(w.where()).isEqualTo("shop.Order.total");
              assertThat(w.pinned()).isCloseTo(2, within(1e-9));
            });
    assertThat(ledger.requests(Item.NO_CARRIER)).isCloseTo(14, within(1e-9));
  }

  @Property
  void the_parts_add_up_to_the_requests_in_flight(
      @ForAll @IntRange(max = 30) int locked,
      @ForAll @IntRange(max = 30) int reading,
      @ForAll @DoubleRange(max = 2) double cpu,
      @ForAll @IntRange(max = 40) int more) {
    double inFlight = locked + reading + cpu + more;

    Ledger ledger =
        ledger(
            inFlight,
            cpu,
            List.of(
                threads(locked, false, true, State.BLOCKED, IN_LOCK),
                threads(reading, false, true, State.RUNNABLE, IN_SOCKET)));

    assertThat(ledger.parts().stream().mapToDouble(Ledger.Part::requests).sum())
        .isCloseTo(inFlight, within(1e-6));
    assertThat(ledger.unexplained()).isBetween(0.0, 1.0);
  }
}
