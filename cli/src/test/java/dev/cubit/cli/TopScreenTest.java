package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.scale.Load;
import dev.cubit.scale.Notice;
import dev.cubit.scale.ServerStatus;
import dev.cubit.scale.SystemStatus;
import dev.cubit.scale.SystemStatus.CloneLine;
import dev.cubit.scale.SystemStatus.GatewayLine;
import dev.cubit.scale.SystemStatus.ServiceLine;
import dev.cubit.scale.clone.CloneStatus;
import dev.cubit.scale.clone.CloneStatus.State;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.Test;

/** What is on the screen, for which system and size. */
class TopScreenTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  private final List<ServiceLine> services = new ArrayList<>();
  private final List<CloneLine> clones = new ArrayList<>();
  private final List<ServerStatus> servers = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();

  private static Load load(double rate, double errors, double p99, long ejectedBy) {
    return new Load(rate, errors, 3, p99 / 2, p99, 1_000, ejectedBy);
  }

  private void service(String name, Load load) {
    services.add(new ServiceLine(name, load));
  }

  private void clone(
      String service, int number, State state, double cpu, int rssMib, Load load, String why) {
    clones.add(
        new CloneLine(
            new CloneStatus(
                service + "." + number,
                service,
                "main",
                "",
                number,
                state == State.PARKED ? OptionalLong.empty() : OptionalLong.of(4_000 + number),
                OptionalInt.of(30_000 + number),
                state,
                Optional.of(NOW.minusSeconds(125)),
                state == State.PARKED ? 4 : 0,
                cpu,
                (long) rssMib << 20,
                1,
                OptionalInt.empty(),
                why),
            load));
  }

  private void notice(String sentence, boolean bad) {
    notices.add(new Notice(NOW.minusSeconds(5), "", sentence, List.of(), bad));
  }

  private TopFacts facts() {
    GatewayLine gateway =
        new GatewayLine("http://127.0.0.1:8080", "io_uring", 34, load(1_234, 2.5, 12.3, 0));
    return new TopFacts(
        new SystemStatus(
            "shop",
            "shop/cubit.yaml",
            4_711,
            NOW.minusSeconds(7_500),
            12.4,
            143L << 20,
            gateway,
            services,
            clones,
            servers),
        notices,
        NOW);
  }

  /** Two services, of which the second works harder. */
  private void shop() {
    service("qr", load(100, 0, 40, 0));
    service("cart", load(1_134, 2.5, 8, 0));
    clone("qr", 1, State.READY, 20, 60, load(50, 0, 40, 0), "");
    clone(
        "qr", 2, State.PARKED, 0, 0, new Load(0, 0, 0, 0, 0, 0, 0), "qr.2 ended with exit code 3");
    clone("cart", 1, State.READY, 30, 90, load(500, 2.5, 6, 0), "");
    clone("cart", 2, State.READY, 60, 70, load(634, 0, 8, 2), "");
    notice("cart.2 takes requests, after 0.4 s, on port 30002", false);
    notice("qr.2 is parked: qr.2 ended with exit code 3", true);
  }

  private TopScreen.Frame frame(int width, int height, TopView view) {
    return new TopScreen(width, height, true, ZoneOffset.UTC, Optional.empty()).of(facts(), view);
  }

  private static List<String> text(TopScreen.Frame frame) {
    return frame.lines().stream().map(line -> line.toString().stripTrailing()).toList();
  }

  private List<String> names(TopSort sort) {
    return text(frame(120, 40, TopView.INITIAL.sortedBy(sort))).stream()
        .filter(line -> line.matches(" {0,2}(qr|cart)(\\.\\d)? .*"))
        .map(line -> line.strip().split(" ", 2)[0])
        .toList();
  }

  @Test
  void that_the_system_does_not_answer_is_said_before_the_keys() {
    shop();
    TopScreen screen = new TopScreen(100, 24, true, ZoneOffset.UTC, Optional.of(NOW));

    assertThat(screen.of(facts(), TopView.INITIAL).lines().getLast().toString())
        .startsWith("cubit up has not answered since 12:00:00  q quit");
  }

  @Test
  void all_of_it() {
    shop();
    servers.add(
        new ServerStatus(
            "qr",
            "",
            "qr.10.0.0.5:8080",
            "10.0.0.5:8080",
            ServerStatus.State.DOWN,
            "connection refused",
            NOW.minusSeconds(60),
            new Load(0, 0, 0, 0, 0, 0, 0)));

    assertThat(String.join("\n", text(frame(110, 20, TopView.INITIAL))))
        .isEqualTo(
            """
            shop  http://127.0.0.1:8080  by io_uring  up 2 h 5 min  from shop/cubit.yaml
            1,234 req/s  0.20 % errors  p50 6.15 ms  p99 12 ms  3 in flight  34 connections
            cubit itself: 12 % CPU  143 MiB  process 4711

            NAME                STATE      UPTIME  RESTARTS     CPU        RSS    REQ/S  ERR/S       P99  IN FLIGHT
            cart                1 of 2                    0    90 %    160 MiB    1,134    2.5   8.00 ms          3
              cart.2            ejected     2m05s         0    60 %     70 MiB      634    0.0   8.00 ms          3  faile
              cart.1            ready       2m05s         0    30 %     90 MiB      500    2.5   6.00 ms          3
            qr                  1 of 3                    4    20 %     60 MiB      100    0.0     40 ms          3
              qr.1              ready       2m05s         0    20 %     60 MiB       50    0.0     40 ms          3
              qr.2              parked     ended with exit code 3
              qr.10.0.0.5:8080  down       connection refused

            LAST NOTICES
            11:59:55  cart.2 takes requests, after 0.4 s, on port 30002
            11:59:55  qr.2 is parked: qr.2 ended with exit code 3



            q quit  ? keys  sorted by CPU\
            """
                .stripTrailing());
  }

  @Test
  void services_and_in_each_its_clones_are_sorted() {
    shop();

    assertThat(names(TopSort.CPU))
        .containsExactly("cart", "cart.2", "cart.1", "qr", "qr.1", "qr.2");
    assertThat(names(TopSort.MEMORY))
        .containsExactly("cart", "cart.1", "cart.2", "qr", "qr.1", "qr.2");
    assertThat(names(TopSort.REQUESTS))
        .containsExactly("cart", "cart.2", "cart.1", "qr", "qr.1", "qr.2");
    assertThat(names(TopSort.P99))
        .containsExactly("qr", "qr.1", "qr.2", "cart", "cart.2", "cart.1");
    assertThat(names(TopSort.NAME))
        .containsExactly("qr", "qr.1", "qr.2", "cart", "cart.1", "cart.2");
  }

  @Test
  void what_is_well_has_no_colour_and_without_colours_bold_says_it() {
    shop();
    List<AttributedString> lines = frame(120, 40, TopView.INITIAL).lines();

    assertThat(styles(line(lines, "cart.2 "))).contains(TopTone.WARNING.style(true));
    assertThat(styles(line(lines, "qr.2 "))).contains(TopTone.BAD.style(true));
    assertThat(styles(line(lines, "qr.1 "))).containsOnly(AttributedStyle.DEFAULT);

    String plain =
        String.join(
            "",
            new TopScreen(120, 40, false, ZoneOffset.UTC, Optional.empty())
                .of(facts(), TopView.INITIAL).lines().stream()
                    .map(AttributedString::toAnsi)
                    .toList());
    assertThat(plain).contains("\u001b[1m").doesNotContainPattern("\u001b\\[[\\d;]*[349]\\dm");
  }

  private static AttributedString line(List<AttributedString> lines, String with) {
    return lines.stream().filter(line -> line.toString().contains(with)).findFirst().orElseThrow();
  }

  private static List<AttributedStyle> styles(AttributedString line) {
    return IntStream.range(0, line.length()).mapToObj(line::styleAt).distinct().toList();
  }

  @Test
  void it_scrolls_to_the_last_row_and_no_further() {
    service("api", load(1, 0, 1, 0));
    for (int i = 1; i <= 50; i++) {
      clone("api", i, State.READY, 0, 10, load(1, 0, 1, 0), "");
    }
    TopScreen.Frame first = frame(80, 20, TopView.INITIAL);
    assertThat(text(first).getLast()).endsWith("rows 1-14 of 51");
    TopScreen.Frame second =
        frame(80, 20, first.view().after(TopKey.Plain.PAGE_DOWN, first.page()));
    assertThat(text(second).getLast()).endsWith("rows 15-28 of 51");
    TopScreen.Frame last = frame(80, 20, second.view().after(TopKey.Plain.END, second.page()));
    assertThat(text(last).getLast()).endsWith("rows 38-51 of 51");
    assertThat(last.view().first()).isEqualTo(37);
    assertThat(last.view().after(TopKey.Plain.UP, last.page()).first()).isEqualTo(36);
  }

  @Test
  void what_a_name_or_a_notice_does_to_terminals_is_not_done() {
    service("api", load(1, 0, 1, 0));
    clone("api", 1, State.PARKED, 0, 10, load(1, 0, 1, 0), "said \u001b[2J and\nmore");
    notice("said \u001b]0;title\u0007", true);

    assertThat(frame(200, 20, TopView.INITIAL).lines())
        .noneMatch(line -> line.toString().matches("(?s).*\\p{Cntrl}.*"));
  }

  @Property(tries = 300)
  void it_has_as_many_lines_as_the_screen_and_none_is_longer(
      @ForAll @IntRange(min = 1, max = 200) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(max = 30) int more,
      @ForAll boolean help) {
    List.of(services, clones, servers, notices).forEach(List::clear); // tries share an instance
    shop();
    for (int i = 3; i < more; i++) {
      clone("qr", i, State.STARTING, i, i, load(i, 0, i, 0), "");
    }
    TopView view = new TopView(TopSort.P99, more, help);

    for (TopScreen.Frame frame :
        List.of(
            frame(width, height, view),
            new TopScreen(width, height, true, ZoneOffset.UTC, Optional.empty()).waiting(view))) {
      assertThat(frame.lines()).hasSize(height);
      assertThat(frame.lines()).allMatch(line -> line.columnLength() <= width);
    }
  }
}
