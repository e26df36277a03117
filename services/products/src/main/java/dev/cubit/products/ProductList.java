package dev.cubit.products;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cubit.server.ProblemException;
import dev.cubit.store.rest.Answer;
import dev.cubit.store.rest.Call;
import dev.cubit.store.rest.JsonText;
import dev.cubit.store.rest.Resource;
import dev.cubit.store.rest.Target;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.List;

/** {@code GET /products}: a page of them, in the order of names by code point. */
record ProductList(Catalogue catalogue) implements Resource {
  private static final int MOST = 1000;
  private static final int USUAL = 100;

  @Override
  public List<String> methods() {
    return List.of("GET");
  }

  @Override
  public String template() {
    return "/products";
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    call.allowQuery("after", "limit", "prefix");
    int limit = limit(call.query().getOrDefault("limit", ""));
    var after = unbroken("after", call.query().getOrDefault("after", ""));
    var prefix = unbroken("prefix", call.query().getOrDefault("prefix", ""));
    var products = catalogue.page(after, prefix, limit + 1);
    if (products.size() <= limit) {
      return Answer.json(200, array(products));
    }
    var page = products.subList(0, limit);
    var next =
        "/products?after="
            + Target.encoded(page.getLast().name())
            + "&limit="
            + limit
            + (prefix.isEmpty() ? "" : "&prefix=" + Target.encoded(prefix));
    return Answer.json(200, array(page)).with("link", "<" + next + ">; rel=\"next\"");
  }

  /** A product a line: what the gateway merges, and what a person reads. */
  private static byte[] array(List<Product> products) {
    var json = new ByteArrayOutputStream(64 + products.size() * 96);
    json.write('[');
    for (int i = 0; i < products.size(); i++) {
      json.writeBytes((i == 0 ? "\n" : ",\n").getBytes(UTF_8));
      json.writeBytes(JsonText.write(products.get(i).toJson()));
    }
    json.writeBytes("\n]\n".getBytes(UTF_8));
    return json.toByteArray();
  }

  private static int limit(String text) {
    if (text.isEmpty()) {
      return USUAL;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException notOne) {
      // Said below, in the same words as one out of range.
    }
    throw ProblemException.parameter(
        "limit",
        "'limit' is '"
            + ProblemException.shown(text)
            + "', but it is a whole number from 1 to "
            + MOST);
  }

  /** PostgreSQL's texts have no NUL, and would fail on one. */
  private static String unbroken(String name, String text) {
    if (text.indexOf('\0') >= 0) {
      throw ProblemException.parameter(name, "'" + name + "' has a NUL in it, which no name has");
    }
    return text;
  }
}
