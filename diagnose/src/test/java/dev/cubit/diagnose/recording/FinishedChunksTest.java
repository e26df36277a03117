package dev.cubit.diagnose.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.diagnose.DiagnoseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishedChunksTest {
  private static final int LENGTH = 500;

  @TempDir Path folder = Path.of("");

  /** Headers as async-profiler writes them: before the end, a size of 1 GiB and no places. */
  private static byte[] chunk(boolean ended) {
    return ByteBuffer.allocate(LENGTH)
        .putInt(0x464c5200)
        .putInt(0x00020000)
        .putLong(ended ? LENGTH : 1 << 30)
        .putLong(ended ? 300 : 0)
        .putLong(ended ? 68 : 0)
        .array();
  }

  private Path file(byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return Files.write(folder.resolve("recording.jfr"), all.toByteArray());
  }

  @Test
  void of_a_killed_recording_the_chunks_that_were_ended_are_kept()
      throws IOException, DiagnoseException {
    Path file = file(chunk(true), chunk(true), chunk(false));

    assertThat(FinishedChunks.keep(file)).isEqualTo(2);
    assertThat(file).hasSize(2 * LENGTH);
  }

  @Test
  void a_whole_recording_stays_as_it_is() throws IOException, DiagnoseException {
    Path file = file(chunk(true), chunk(true));

    assertThat(FinishedChunks.keep(file)).isEqualTo(2);
    assertThat(file).hasSize(2 * LENGTH);
  }

  @Test
  void a_chunk_that_is_cut_off_is_not_ended() throws IOException, DiagnoseException {
    byte[] half = new byte[LENGTH / 2];
    System.arraycopy(chunk(true), 0, half, 0, half.length);

    assertThat(FinishedChunks.keep(file(chunk(true), half))).isEqualTo(1);
  }

  @Test
  void where_nothing_was_ended_nothing_is_cut_off() throws IOException, DiagnoseException {
    Path file = file(chunk(false));

    assertThat(FinishedChunks.keep(file)).isZero();
    assertThat(file).hasSize(LENGTH);
    assertThat(FinishedChunks.keep(file("hello".getBytes(StandardCharsets.US_ASCII)))).isZero();
    assertThat(FinishedChunks.keep(folder.resolve("none.jfr"))).isZero();
  }
}
