package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptTablesTest {
  private static final int MOST_BYTES = 8_000_000;

  private final Any any = new Any(Seed.random(KeptTablesTest.class));

  @Test
  void whatever_sizes_are_asked_for_the_kept_tables_stay_below_8_megabytes() {
    int suited = 0;
    for (int i = 0; i < 20_000; i++) {
      // Each width is another layout.
      int size = Any.SIZES[i % Any.SIZES.length];
      int side = size + 8 + i / Any.SIZES.length;
      var style = new Style(side, side + i % 3, any.number(0, 4), Rgba.BLACK, Rgba.WHITE);
      if (ModuleTables.of(size, style).suit()) {
        suited++;
      }
      if (i % 1_000 == 0) {
        assertThat(ModuleTables.keptBytes()).isLessThan(MOST_BYTES);
      }
    }
    assertThat(suited).as("layouts with tables").isGreaterThan(10_000);
    assertThat(ModuleTables.keptBytes()).isBetween(1, MOST_BYTES);
  }

  @Test
  void a_layout_that_lost_its_place_is_drawn_as_before() {
    var symbol = any.symbol(25);
    var writer = new ImageWriter();
    var before = writer.write(symbol, Style.DEFAULT, Format.PNG);
    for (int side = 100; side < 3_000; side++) {
      ModuleTables.of(25, new Style(side, side, 4, Rgba.BLACK, Rgba.WHITE));
    }
    assertThat(writer.write(symbol, Style.DEFAULT, Format.PNG)).isEqualTo(before);
  }
}
