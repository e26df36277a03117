package dev.cubit.qr;

import dev.cubit.server.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON bodies (RFC 8259): the options by the same names as in a query. */
final class JsonReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Pattern PLACE = Pattern.compile("(?s) at \\[Source:.*");

  /**
   * One code of a batch.
   *
   * @param name of its file, as it was asked for; empty if it was not
   */
  record Item(String name, Options options) {}

  private JsonReader() {}

  /**
   * Takes one object of options in.
   *
   * @throws ProblemException if it is no such thing
   */
  static void into(Options options, byte[] body) {
    try (var json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      object(json, "", (name, token) -> option(json, "", name, token, options));
      end(json);
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /**
   * Reads {@code {"codes": [...], options}}; a bare array is taken too.
   *
   * @param shared takes the options in that stand beside the codes
   * @throws ProblemException if it is no such thing, or has more codes than that
   */
  static List<Item> batch(Options shared, byte[] body, int mostCodes) {
    var items = new ArrayList<Item>();
    try (var json = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() == JsonToken.START_ARRAY) {
        codes(json, items, mostCodes);
      } else {
        fields(
            json,
            "",
            (name, token) -> {
              if (name.equals("codes") && token == JsonToken.START_ARRAY) {
                codes(json, items, mostCodes);
              } else {
                option(json, "", name, token, shared);
              }
            });
      }
      end(json);
      return items;
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  private static void codes(JsonParser json, List<Item> items, int most) {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (items.size() == most) {
        throw tooMany(most);
      }
      items.add(code(json, "codes[" + items.size() + "]"));
    }
  }

  static ProblemException tooMany(int most) {
    return ProblemException.parameter("codes", "a batch has at most " + most + " codes");
  }

  /** A code is an object, or its text alone. */
  private static Item code(JsonParser json, String place) {
    var options = Options.empty();
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      options.put("data", json.getString());
      return new Item("", options);
    }
    var name = new StringBuilder();
    fields(
        json,
        place,
        (field, token) -> {
          if (field.equals("name") && token == JsonToken.VALUE_STRING) {
            name.append(json.getString());
          } else {
            option(json, "", field, token, options);
          }
        });
    return new Item(name.toString(), options);
  }

  private interface Field {
    void read(String name, JsonToken token);
  }

  private static void object(JsonParser json, String place, Field field) {
    json.nextToken();
    fields(json, place, field);
  }

  private static void fields(JsonParser json, String place, Field field) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw ProblemException.parameter(
          place.isEmpty() ? "body" : place,
          (place.isEmpty() ? "the body" : place)
              + " must be a JSON object, as {\"data\": \"ciao\"}");
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      field.read(json.currentName(), json.nextToken());
    }
  }

  /**
   * npm's qrcode has {@code {"color": {"dark": "#00f"}}}, which is the option {@code color.dark}.
   */
  private static void option(
      JsonParser json, String prefix, String field, JsonToken token, Options options) {
    var name = prefix + field;
    if (token == JsonToken.START_OBJECT && name.equals("color")) {
      fields(json, name, (inner, its) -> option(json, "color.", inner, its, options));
      return;
    }
    switch (token) {
      case VALUE_STRING -> options.put(name, json.getString());
      case VALUE_NULL -> {}
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> {
        if (isData(name)) {
          damaged(options, name, "is a string in quotes");
        } else {
          options.put(name, json.getString());
        }
      }
      default -> {
        json.skipChildren();
        damaged(options, name, "is a string, a number, true or false, nothing else");
      }
    }
  }

  private static boolean isData(String name) {
    return Option.named(name).filter(Option.DATA::equals).isPresent();
  }

  private static void damaged(Options options, String name, String rule) {
    if (isData(name)) {
      // Data that is damaged is not data that is missing.
      options.data(name, new Payload.Text("?"));
    }
    options.fail(
        ProblemException.parameter(
            ProblemException.shown(name), "'" + ProblemException.shown(name) + "' " + rule));
  }

  private static void end(JsonParser json) {
    if (json.nextToken() != null) {
      throw ProblemException.parameter("body", "the body has more than one JSON value");
    }
  }

  private static ProblemException malformed(JacksonException e) {
    var place = e.getLocation();
    var what = PLACE.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    return ProblemException.parameter(
        "body",
        "the body is not JSON: line "
            + (place == null ? 1 : place.getLineNr())
            + ", column "
            + (place == null ? 1 : place.getColumnNr())
            + ": "
            + what);
  }
}
