package dev.cubit.scale.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as on the rest of Cubit's pages: one line, ASCII only, fields in the record's order, and
 * what there is nothing to say of is left out.
 */
final class Json {
  static final String TYPE = "application/json";
  static final String LINES = "application/x-ndjson";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .build();

  private Json() {}

  /** With a line feed at its end. */
  static byte[] line(Object value) {
    return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * A missing node where there are no bytes.
   *
   * @throws JacksonException where it is no JSON
   */
  static JsonNode read(byte[] bytes) {
    return MAPPER.readTree(bytes);
  }
}
