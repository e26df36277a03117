package dev.cubit.scale.partition;

import dev.cubit.scale.partition.MergedArrays.Part;
import dev.cubit.scale.topology.KeyOrder;
import dev.cubit.scale.topology.ScaleException;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Goes through the elements of one partition's array, and knows the key and bytes of the one it is
 * at.
 */
final class ArrayCursor {
  private static final JsonFactory JSON = new JsonFactory();

  private final Part part;
  private final String field;
  private final JsonParser json;
  private boolean begun;
  private boolean keyed;
  private String key = "";
  private int from;
  private int to;

  ArrayCursor(Part part, String field) {
    this.part = part;
    this.field = field;
    this.json = JSON.createParser(ObjectReadContext.empty(), part.json());
  }

  Part part() {
    return part;
  }

  String key() {
    return key;
  }

  void copyTo(ByteArrayOutputStream out) {
    out.write(part.json(), from, to - from);
  }

  /** To the next element; false: there is none. */
  boolean next() throws ScaleException {
    try {
      if (!begun && json.nextToken() != JsonToken.START_ARRAY) {
        throw fault("is no JSON array");
      }
      String before = key;
      JsonToken token = json.nextToken();
      if (token == JsonToken.END_ARRAY) {
        if (json.nextToken() != null) {
          throw fault("goes on behind its array");
        }
        return false;
      }
      read(token);
      if (begun && KeyOrder.compare(before, key) > 0) {
        throw fault(
            "is not in the order of '" + field + "': '" + key + "' is behind '" + before + "'");
      }
      begun = true;
      return true;
    } catch (JacksonException e) {
      throw new ScaleException(sentence("is no JSON"), e);
    }
  }

  private void read(JsonToken token) throws ScaleException {
    from = (int) json.currentTokenLocation().getByteOffset();
    keyed = false;
    if (token == JsonToken.VALUE_STRING) {
      key = json.getString();
      keyed = true;
    } else if (token == JsonToken.START_OBJECT) {
      readObject();
    }
    if (!keyed) {
      throw fault(
          "has an element without a text '" + field + "': name its key's field with list-key");
    }
    to = (int) json.currentLocation().getByteOffset();
  }

  private void readObject() {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isKey = json.currentName().equals(field);
      JsonToken value = json.nextToken();
      if (isKey && value == JsonToken.VALUE_STRING) {
        key = json.getString();
        keyed = true;
      }
      json.skipChildren();
    }
  }

  private ScaleException fault(String what) {
    return new ScaleException(sentence(what));
  }

  private String sentence(String what) {
    return "the list of partition '" + part.partition() + "' " + what;
  }

  void close() {
    json.close();
  }
}
