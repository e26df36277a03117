package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModuleTablesBoundTest {
  private static final int MOST_BYTES = 8 << 20;
  private static final int SLOTS = 256;

  /** Of all layouts with tables these have the most bits outside the modules. */
  @Test
  void large_margins_take_no_more_room_than_small_ones() {
    for (int quietZone = 60; quietZone <= 100; quietZone += 5) {
      for (int size = 137; size <= 177; size += 4) {
        var style = new Style(10_000, 10_000, quietZone, Rgba.BLACK, Rgba.WHITE);
        assertThat(ModuleTables.of(size, style).bytes() * SLOTS)
            .as("%s modules, %s of quiet zone", size, quietZone)
            .isLessThan(MOST_BYTES);
      }
    }
  }

  @Test
  void twenty_thousand_sizes_hold_less_than_eight_megabytes() {
    for (int i = 0; i < 20_000; i++) {
      ModuleTables.of(
          21 + 4 * (i % 40), new Style(200 + i / 40, 200 + i % 977, 1, Rgba.BLACK, Rgba.WHITE));
    }
    assertThat(ModuleTables.keptBytes()).isPositive().isLessThan(MOST_BYTES);
  }
}
