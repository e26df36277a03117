package dev.cubit.qr.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The reference itself, against scores counted by hand. */
final class LiteralPenaltyTest {
  @Test
  void five_alike_are_three_and_each_further_one_is_one() {
    assertThat(LiteralPenalty.runs(row("####."))).isZero();
    assertThat(LiteralPenalty.runs(row("#####"))).isEqualTo(3);
    assertThat(LiteralPenalty.runs(row(".....##"))).isEqualTo(3);
    assertThat(LiteralPenalty.runs(row("#######.#####"))).isEqualTo(5 + 3);
  }

  @Test
  void runs_are_counted_in_columns_too() {
    // Of six lines, all alike: six rows of six and six columns of six.
    assertThat(LiteralPenalty.runs(filled(6))).isEqualTo(12 * 4);
  }

  @Test
  void squares_of_four_overlap() {
    assertThat(LiteralPenalty.squares(filled(2))).isEqualTo(3);
    assertThat(LiteralPenalty.squares(filled(3))).isEqualTo(4 * 3);
    assertThat(LiteralPenalty.squares(Modules.of("##.", "##.", ".##"))).isEqualTo(3);
    assertThat(LiteralPenalty.squares(Modules.of("..#", "..#", "##."))).isEqualTo(3);
  }

  @Test
  void a_finder_counts_once_with_light_before_it_or_behind_it_or_both() {
    assertThat(LiteralPenalty.finders(row("##....#.###.#.#"))).isEqualTo(40);
    assertThat(LiteralPenalty.finders(row("#.#.###.#....##"))).as("light behind").isEqualTo(40);
    assertThat(LiteralPenalty.finders(row("#....#.###.#....#"))).as("both").isEqualTo(40);
    assertThat(LiteralPenalty.finders(row("##...#.###.#...#"))).as("three are few").isZero();
    assertThat(LiteralPenalty.finders(row("##....##.####.##....#"))).as("wide").isZero();
  }

  @Test
  void beyond_the_edge_is_light() {
    assertThat(LiteralPenalty.finders(row("#.###.#"))).isEqualTo(40);
    assertThat(LiteralPenalty.finders(row("#...#.###.#.#"))).as("three and dark").isZero();
    assertThat(LiteralPenalty.finders(row("...#.###.#.###")))
        .as("three and the edge")
        .isEqualTo(40);
    assertThat(LiteralPenalty.finders(row("#.#.#.###.#"))).as("at the right edge").isEqualTo(40);
  }

  @Test
  void two_finders_that_share_modules_are_two() {
    assertThat(LiteralPenalty.finders(row("....#.###.#.###.#....."))).isEqualTo(80);
  }

  @Test
  void finders_are_counted_in_columns_too() {
    var lines = new String[7];
    for (int i = 0; i < 7; i++) {
      lines[i] = (i == 1 || i == 5 ? "." : "#") + "......";
    }
    assertThat(LiteralPenalty.finders(Modules.of(lines))).isEqualTo(40);
  }

  @Test
  void each_step_of_five_percent_from_half_is_ten_and_its_end_belongs_to_the_lower() {
    assertThat(LiteralPenalty.balance(50, 100)).isZero();
    assertThat(LiteralPenalty.balance(55, 100)).isZero();
    assertThat(LiteralPenalty.balance(45, 100)).isZero();
    assertThat(LiteralPenalty.balance(56, 100)).isEqualTo(10);
    assertThat(LiteralPenalty.balance(44, 100)).isEqualTo(10);
    assertThat(LiteralPenalty.balance(60, 100)).isEqualTo(10);
    assertThat(LiteralPenalty.balance(61, 100)).isEqualTo(20);
    assertThat(LiteralPenalty.balance(0, 100)).isEqualTo(90);
    assertThat(LiteralPenalty.balance(551, 1000)).isEqualTo(10);
  }

  @Test
  void all_rules_are_added_up() {
    // Runs 10 * 3, squares 16 * 3, no finder, and 100 percent dark.
    assertThat(LiteralPenalty.of(filled(5))).isEqualTo(30 + 48 + 90);
  }

  /** One line to look at; the others are a chessboard, which no rule but the fourth minds. */
  private static Modules row(String line) {
    var lines = new String[line.length()];
    for (int row = 0; row < lines.length; row++) {
      var quiet = new StringBuilder();
      for (int column = 0; column < lines.length; column++) {
        quiet.append((column + row) % 2 == 0 ? '#' : '.');
      }
      lines[row] = quiet.toString();
    }
    // At the edge, so that in columns the line belongs to no pattern of seven.
    lines[lines.length - 1] = line;
    return Modules.of(lines);
  }

  private static Modules filled(int size) {
    var lines = new String[size];
    java.util.Arrays.fill(lines, "#".repeat(size));
    return Modules.of(lines);
  }
}
