package dev.cubit.store.rest;

import dev.cubit.server.ProblemException;
import dev.cubit.server.ProblemException.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of a document and collects all that is wrong with them, so that a client is told
 * everything at once.
 *
 * <p>What is wrong reads as a value that must not be used: {@link #check} throws before that.
 */
public final class Fields {
  private static final int UNPROCESSABLE = 422;

  private final ObjectNode object;
  private final String pointer;
  private final List<Violation> violations;
  private final List<Fields> nested = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  private Fields(ObjectNode object, String pointer, List<Violation> violations) {
    this.object = object;
    this.pointer = pointer;
    this.violations = violations;
  }

  /** The fields of a whole document. */
  public static Fields of(ObjectNode document) {
    return new Fields(document, "", new ArrayList<>());
  }

  /** A whole number that has to be there. */
  public long number(String name, long least, long most) {
    return required(name).flatMap(node -> number(name, node, least, most)).orElse(least);
  }

  /** A text that has to be there and of a kind, as in "has to be {@code an ISO 4217 code}". */
  public String text(String name, Predicate<String> accepted, String kind) {
    var node = required(name);
    if (node.isPresent() && !(node.get().isString() && accepted.test(node.get().stringValue()))) {
      violate(name, "has to be " + kind);
      return "";
    }
    return node.map(JsonNode::stringValue).orElse("");
  }

  /** An object that has to be there. */
  public Fields object(String name) {
    var place = pointer + "/" + escaped(name);
    var node = required(name);
    if (node.isPresent() && node.get() instanceof ObjectNode given) {
      var fields = new Fields(given, place, violations);
      nested.add(fields);
      return fields;
    }
    if (node.isPresent()) {
      violate(name, "has to be an object");
    }
    // That its fields are missing is not said on top of that.
    return new Fields(JsonText.object(), place, new ArrayList<>());
  }

  /** A text that may be there, but then has to be what is known already. */
  public void same(String name, String text) {
    known.add(name);
    var node = object.get(name);
    if (node != null && !(node.isString() && node.stringValue().equals(text))) {
      violate(name, "has to be left out, or what the path says");
    }
  }

  /** A field that only the service sets. */
  public void refuse(String name, String why) {
    known.add(name);
    if (object.has(name)) {
      violate(name, why);
    }
  }

  /** Adds what only the service itself can find wrong. */
  public void violate(String name, String detail) {
    violations.add(new Violation(pointer + "/" + escaped(name), detail));
  }

  /**
   * Ends the reading: whatever was not asked for is not understood.
   *
   * @throws ProblemException that lists all that is wrong
   */
  public void check() {
    refuseOthers();
    if (!violations.isEmpty()) {
      throw ProblemException.violations(
          UNPROCESSABLE,
          violations.size() == 1
              ? violations.getFirst().pointer() + " " + violations.getFirst().detail()
              : violations.size() + " fields are wrong; see errors",
          violations);
    }
  }

  private void refuseOthers() {
    for (var name : object.propertyNames()) {
      if (!known.contains(name)) {
        violate(
            name,
            "is not known here; "
                + (known.isEmpty() ? "there are no fields" : "known are " + sorted()));
      }
    }
    nested.forEach(Fields::refuseOthers);
  }

  private String sorted() {
    return String.join(", ", known.stream().sorted().toList());
  }

  private Optional<JsonNode> required(String name) {
    known.add(name);
    var node = object.get(name);
    if (node == null || node.isNull()) {
      violate(name, "is missing");
      return Optional.empty();
    }
    return Optional.of(node);
  }

  private Optional<Long> number(String name, JsonNode node, long least, long most) {
    if (node.isIntegralNumber()
        && node.canConvertToLong()
        && node.longValue() >= least
        && node.longValue() <= most) {
      return Optional.of(node.longValue());
    }
    violate(name, "has to be a whole number from " + least + " to " + most);
    return Optional.empty();
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
