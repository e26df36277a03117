package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.zip.Adler32;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The check sum by rows beside the JDK's by bytes. */
class AdlerProperties {
  /** One for all tries, as the writer has one for all pictures. */
  private final Adler adler = new Adler();

  @Property(tries = 300)
  void rows_are_summed_as_their_bytes_are(
      @ForAll @Size(max = 6) List<byte @Size(max = 40) []> rows,
      @ForAll @IntRange(min = 1, max = 500) int times) {
    adler.clear();
    var expected = new Adler32();
    for (var row : rows) {
      for (int i = 0; i < times; i++) {
        expected.update(row);
      }
      add(times, row);
    }
    assertThat(adler.value()).isEqualTo((int) expected.getValue());
  }

  @Property(tries = 50)
  void no_rows_change_nothing(@ForAll byte[] row) {
    adler.clear();
    add(0, row);

    assertThat(adler.value()).isEqualTo(1);
  }

  @Example
  void the_largest_picture_does_not_overflow() {
    var row = new byte[1_251];
    Arrays.fill(row, (byte) 0xff);
    adler.clear();
    var expected = new Adler32();
    for (int i = 0; i < 10_000; i++) {
      expected.update(row);
    }
    add(10_000, row);
    assertThat(adler.value()).isEqualTo((int) expected.getValue());

    adler.clear();
    for (int i = 0; i < 10_000; i++) {
      add(1, row);
    }
    assertThat(adler.value()).isEqualTo((int) expected.getValue());
  }

  private void add(int times, byte[] row) {
    long sum = 0;
    long weighted = 0;
    for (int i = 0; i < row.length; i++) {
      sum += row[i] & 0xff;
      weighted += (row[i] & 0xff) * (long) (row.length - i);
    }
    adler.add(times, row.length, sum, weighted);
  }
}
