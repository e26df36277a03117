package dev.cubit.diagnose.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.diagnose.DiagnoseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recordings that were cut off, damaged, or never were any: each is a sentence, or is read as far
 * as it goes. The timeout is for readers that follow a damaged length for ever.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedRecordingsTest {
  private static final int CHUNK_SIZE_AT = 8;
  private static final int METADATA_AT = 24;

  @TempDir static Path folder = Path.of("");

  private static byte[] whole = {};

  @BeforeAll
  static void record_this_jvm() throws IOException, InterruptedException {
    whole = record("jdk.ThreadSleep", true);
  }

  private static byte[] record(String event, boolean on) throws IOException, InterruptedException {
    Path file = folder.resolve(event + ".jfr");
    try (jdk.jfr.Recording recording = new jdk.jfr.Recording()) {
      recording.enable("jdk.JVMInformation");
      if (on) {
        recording.enable(event).withThreshold(Duration.ZERO);
      }
      recording.start();
      for (int i = 0; i < 200; i++) {
        Thread.sleep(0, 1_000); // what is recorded
      }
      recording.stop();
      recording.dump(file);
    }
    return Files.readAllBytes(file);
  }

  private static Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("damaged.jfr"), bytes);
  }

  private static void is_refused(byte[] bytes, String why) throws IOException {
    assertThatThrownBy(() -> RecordingReader.read(file(bytes)))
        .isInstanceOf(DiagnoseException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("damaged.jfr");
  }

  /** Read as far as it goes, or refused with a sentence of one line. */
  private static boolean is_read_or_refused(byte[] bytes, String what) throws IOException {
    try {
      Recording recording = RecordingReader.read(file(bytes));
      assertThat(recording.events()).as(what).isPositive();
      return true;
    } catch (DiagnoseException e) {
      assertThat(e.getMessage()).as(what).isNotBlank().doesNotContain("\n");
      return false;
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void a_whole_one_is_read_without_a_note() throws IOException, DiagnoseException {
    Recording recording = RecordingReader.read(file(whole));

    assertThat(recording.waits()).hasSizeGreaterThan(100);
    assertThat(recording.notes()).isEmpty();
  }

  @Test
  void what_never_was_one_is_said_to_be_what_it_is() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(whole);
    }
    is_refused(new byte[0], "is empty");
    is_refused(text("F"), "is not a flight recording");
    is_refused(text("<!doctype html><title>404</title>"), "does not begin with FLR");
    is_refused(text("JAVA PROFILE 1.0.2\0"), "is a heap dump");
    is_refused(zipped.toByteArray(), "is compressed");
    is_refused(text("PK\u0003\u0004 and so on"), "is compressed");
    is_refused(text("\u0004\"M\u0018 and so on"), "is compressed");
    assertThatThrownBy(() -> RecordingReader.read(folder)).hasMessageContaining("is a folder");
    assertThatThrownBy(() -> RecordingReader.read(folder.resolve("none.jfr")))
        .hasMessageContaining("there is no recording");
  }

  @Test
  void a_format_of_before_java_11_is_told_by_its_number() throws IOException {
    byte[] old = whole.clone();
    ByteBuffer.wrap(old).putShort(4, (short) 1).putShort(6, (short) 0);

    is_refused(old, "format 1.0");
  }

  @Test
  void a_recording_of_java_11_is_refused_by_its_version() throws IOException {
    byte[] java11 = whole.clone();
    String now = "JRE (" + Runtime.version().feature();
    int at = new String(java11, StandardCharsets.ISO_8859_1).indexOf(now);
    assertThat(at).as("jdk.JVMInformation has " + now).isPositive();
    byte[] then = text("JRE (11");
    System.arraycopy(then, 0, java11, at, then.length);

    is_refused(java11, "was recorded by Java 11: a diagnosis is for Java 17 and newer");
  }

  @Test
  void one_that_tells_nothing_of_the_service_is_refused() throws Exception {
    is_refused(record("jdk.nothing", false), "holds no events that tell of the service");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 8, 39, 40, 67, 68, 69, 100, 1_000})
  void one_that_is_cut_off_at_its_begin_is_refused(int length) throws IOException {
    assertThat(is_read_or_refused(Arrays.copyOf(whole, length), length + " bytes")).isFalse();
  }

  @Test
  void one_that_is_cut_off_anywhere_is_read_as_far_as_it_goes_or_refused() throws IOException {
    for (int i = 0; i < 100; i++) {
      int length = (int) ((long) whole.length * i / 100);
      is_read_or_refused(Arrays.copyOf(whole, length), length + " of " + whole.length + " bytes");
    }
  }

  @Test
  void of_two_chunks_the_first_is_read_where_the_second_is_cut_off()
      throws IOException, DiagnoseException {
    byte[] both = Arrays.copyOf(whole, whole.length + whole.length / 2);
    System.arraycopy(whole, 0, both, whole.length, whole.length / 2);

    Recording recording = RecordingReader.read(file(both));

    assertThat(recording.waits()).hasSizeGreaterThan(100);
    assertThat(recording.notes()).singleElement().asString().contains("are cut off or damaged");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1, 67, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
  void a_wrong_size_of_the_chunk_or_place_of_its_metadata_is_not_followed(long wrong)
      throws IOException {
    for (int at : new int[] {CHUNK_SIZE_AT, METADATA_AT}) {
      byte[] damaged = whole.clone();
      ByteBuffer.wrap(damaged).putLong(at, wrong);
      is_read_or_refused(damaged, wrong + " at " + at);
    }
  }

  @Test
  void bytes_that_have_changed_are_a_sentence_or_a_note_and_never_a_crash() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      byte[] damaged = whole.clone();
      int changes = 1 + random.nextInt(8);
      for (int c = 0; c < changes; c++) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      is_read_or_refused(damaged, "seed " + seed + ", try " + i);
    }
  }
}
