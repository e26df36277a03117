package dev.cubit.store.rest;

import dev.cubit.server.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON to objects and back: strict in what is read, as a name that is there twice is a mistake. */
public final class JsonText {
  private static final int MOST_DEPTH = 32;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonText() {}

  /** A new, empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * Reads a document.
   *
   * @throws ProblemException if it is none
   */
  public static JsonNode read(byte[] document) {
    JsonNode node;
    try {
      node = MAPPER.readTree(document);
    } catch (JacksonException e) {
      throw malformed(e);
    }
    if (node == null || node.isMissingNode()) {
      throw ProblemException.of(400, "the body is empty; send JSON");
    }
    return node;
  }

  /**
   * Reads a document that has to be an object.
   *
   * @throws ProblemException if it is none
   */
  public static ObjectNode readObject(byte[] document) {
    if (read(document) instanceof ObjectNode object) {
      return object;
    }
    throw ProblemException.of(400, "the body is no JSON object");
  }

  /** The document, in UTF-8. */
  public static byte[] write(Object document) {
    return MAPPER.writeValueAsBytes(document);
  }

  private static ProblemException malformed(JacksonException e) {
    var place = e.getLocation();
    var where =
        place == null || place.getLineNr() < 1
            ? ""
            : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    var why = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    return ProblemException.of(400, "the body is not JSON" + where + ": " + why);
  }
}
