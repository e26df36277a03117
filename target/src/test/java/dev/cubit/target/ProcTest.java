package dev.cubit.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProcTest {
  @Test
  void a_name_with_spaces_and_parentheses_does_not_confuse() {
    Proc.Stat stat =
        Proc.parseStat(
            "42 (a) b (c)) S 7 42 42 0 -1 4194304 1 2 3 4 150 50 30 20 20 0 1 0 987654 1 2 3");
    assertThat(stat.state()).isEqualTo('S');
    assertThat(stat.parent()).isEqualTo(7);
    assertThat(stat.cpuNanos()).isEqualTo(2_000_000_000L);
    assertThat(stat.childrenCpuNanos()).isEqualTo(500_000_000L);
    assertThat(stat.startTicks()).isEqualTo(987_654);
  }

  @Test
  void this_process_is_there_and_one_that_cannot_be_is_not() {
    long self = ProcessHandle.current().pid();
    assertThat(Proc.cpuNanos(self).orElseThrow()).isPositive();
    assertThat(Proc.rssBytes(self).orElseThrow()).isGreaterThan(1_000_000);
    assertThat(Proc.command(self).orElseThrow()).contains("java");
    assertThat(Proc.stat(999_999_999)).isEmpty();
    assertThat(Proc.socketInodes(999_999_999)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0100007F:1F90, 127.0.0.1, 8080",
    "00000000:0050, 127.0.0.1, 80",
    "00000000000000000000000000000000:1F90, 127.0.0.1, 8080",
    "00000000000000000000000001000000:1F90, ::1, 8080",
    "0000000000000000FFFF00000100007F:FFFF, 127.0.0.1, 65535",
    "0500007F:0001, 127.0.0.5, 1",
  })
  void a_listening_socket_is_reached_where_the_kernel_says(String local, String address, int port) {
    String line =
        "  0: " + local + " 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0 0 4711 1";
    assertThat(ListeningSockets.parse(line))
        .hasValue(new ListeningSockets.Listening(address, port, 4711));
  }

  @Test
  void a_connected_socket_does_not_listen() {
    assertThat(
            ListeningSockets.parse(
                "  1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000 0 0 1"
                    + " 1"))
        .isEmpty();
  }

  @Test
  void the_machines_busy_share_is_of_what_passed_since() {
    MachineCpu before = MachineCpu.parse("cpu  100 0 100 700 100 0 0 0 0 0");
    MachineCpu after = MachineCpu.parse("cpu  200 0 150 800 100 0 0 50 0 0");
    assertThat(after.busyShareSince(before)).isCloseTo(200.0 / 300, within(1e-9));
    assertThat(after.stealShareSince(before)).isCloseTo(50.0 / 300, within(1e-9));
    assertThat(before.busyShareSince(before)).isZero();
  }

  @Test
  void this_machine_has_a_name_and_a_size() {
    Machine machine = Machine.here();
    assertThat(machine.cores()).isPositive();
    assertThat(machine.cpuModel()).isNotBlank();
    assertThat(machine.memoryBytes()).isPositive();
    assertThat(machine.system()).isNotBlank();
  }
}
