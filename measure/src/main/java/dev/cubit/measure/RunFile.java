package dev.cubit.measure;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.HdrHistogram.Histogram;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as two files: JSON with all but the histograms, and an HdrHistogram log with those.
 *
 * <pre>
 * { "cubitRun": 1,             version of this format; a reader refuses a later one
 *   "hlogCrc32c": "89ab01cd",  of the whole log: it belongs to this run and is undamaged
 *   "runCrc32c": "01cd89ab",   of "run" written without white space
 *   "run": { ..., "load": { ..., "latency": "latency", ... } } }
 * </pre>
 *
 * <p>In the place of a histogram is its tag in the log. Without the checksums a flipped bit in a
 * digit would be a different measurement that nobody notices.
 */
final class RunFile {
  static final int VERSION = 1;
  private static final String HISTOGRAMS = "histograms";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(
              new SimpleModule("histograms by tag")
                  .addSerializer(Histogram.class, new ToTag())
                  .addDeserializer(Histogram.class, new FromTag()))
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .changeDefaultNullHandling(
              nulls -> nulls.withContentNulls(com.fasterxml.jackson.annotation.Nulls.FAIL))
          .build();

  private RunFile() {}

  /** Both files of a run. */
  @SuppressWarnings("ArrayRecordComponent") // on its way to a file, and compared by nobody
  record Pair(byte[] json, byte[] hlog) {}

  static Pair encode(Run run) {
    byte[] hlog = HdrLog.encode(run);
    JsonNode tree = JSON.readTree(JSON.writeValueAsBytes(run));
    ObjectNode envelope = JSON.createObjectNode();
    envelope.put("cubitRun", VERSION);
    envelope.put("hlogCrc32c", checksum(hlog));
    envelope.put("runCrc32c", checksum(JSON.writeValueAsBytes(tree)));
    envelope.set("run", tree);
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(envelope);
    return new Pair(json, hlog);
  }

  /** Why a pair of files is no run, as the end of a sentence that begins with the file's name. */
  static final class NotARun extends Exception {
    private static final long serialVersionUID = 1L;

    NotARun(String message) {
      super(message);
    }

    NotARun(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * @throws NotARun where any of both is damaged, foreign or of a later version
   */
  static Run decode(Pair files) throws NotARun {
    JsonNode envelope = parse(files.json());
    JsonNode version = envelope.path("cubitRun");
    if (!envelope.isObject() || !version.isIntegralNumber()) {
      throw new NotARun("is not a run of Cubit");
    }
    if (version.asLong(Long.MAX_VALUE) > VERSION) {
      throw new NotARun(
          "was written by a later Cubit (format "
              + version.asString("?")
              + ", this one reads up to "
              + VERSION
              + "): use that one to read it");
    }
    JsonNode tree = envelope.path("run");
    if (!checksum(JSON.writeValueAsBytes(tree)).equals(envelope.path("runCrc32c").asString(""))) {
      throw new NotARun("is damaged or was edited: its checksum is not that of its content");
    }
    if (!checksum(files.hlog()).equals(envelope.path("hlogCrc32c").asString(""))) {
      throw new NotARun("does not fit its .hlog file: that is damaged or of another run");
    }
    return run(tree, files.hlog());
  }

  private static JsonNode parse(byte[] json) throws NotARun {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      throw new NotARun("is damaged: it is not JSON to its end", e);
    }
  }

  private static Run run(JsonNode tree, byte[] hlog) throws NotARun {
    try {
      Map<String, Histogram> histograms = new LinkedHashMap<>(HdrLog.decode(hlog));
      return JSON.readerFor(Run.class).withAttribute(HISTOGRAMS, histograms).readValue(tree);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new NotARun("is not a whole run: " + firstLine(e), e);
    }
  }

  private static String firstLine(RuntimeException e) {
    String message = e instanceof JacksonException j ? j.getOriginalMessage() : e.getMessage();
    return message == null ? "something is missing in it" : message.lines().findFirst().orElse("");
  }

  private static String checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private static final class ToTag extends ValueSerializer<Histogram> {
    @Override
    public void serialize(Histogram value, JsonGenerator json, SerializationContext context) {
      TokenStreamContext at = json.streamWriteContext();
      boolean ofWarmUp = false;
      for (TokenStreamContext c = at; c != null; c = c.getParent()) {
        ofWarmUp |= "warmUp".equals(c.currentName());
      }
      json.writeString((ofWarmUp ? "warmUp." : "") + at.currentName());
    }
  }

  private static final class FromTag extends ValueDeserializer<Histogram> {
    @Override
    public Histogram deserialize(JsonParser json, DeserializationContext context) {
      String tag = json.getValueAsString("");
      if (context.getAttribute(HISTOGRAMS) instanceof Map<?, ?> histograms
          && histograms.get(tag) instanceof Histogram histogram) {
        return histogram;
      }
      return context.reportInputMismatch(this, "its .hlog file has no histogram '%s'", tag);
    }
  }
}
