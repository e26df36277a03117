package dev.cubit.products;

import dev.cubit.store.rest.JsonText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Merge Patch (RFC 7396). */
final class MergePatch {
  static final String MEDIA_TYPE = "application/merge-patch+json";

  private MergePatch() {}

  /** The function MergePatch of the RFC's section 2; the target stays as it is. */
  static JsonNode apply(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    var result = target instanceof ObjectNode object ? object.deepCopy() : JsonText.object();
    for (var change : changes.properties()) {
      if (change.getValue().isNull()) {
        result.remove(change.getKey());
      } else {
        var before = result.path(change.getKey());
        result.set(change.getKey(), apply(before, change.getValue()));
      }
    }
    return result;
  }
}
