package dev.cubit.scale.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cubit.scale.topology.KeyOrder;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One partition of products, as the service of that name answers: its list in pages by {@code
 * after} and {@code limit}, usually of three, and each product with the name of the partition.
 */
record Shelf(Backend backend) implements AutoCloseable {
  private static final int USUAL = 3;

  static Shelf of(String partition, String... products) throws IOException {
    TreeSet<String> sorted = new TreeSet<>(KeyOrder.comparator());
    sorted.addAll(List.of(products));
    return new Shelf(
        Backend.of(
            (request, talk) -> {
              String target = request.line().split(" ", -1)[1];
              boolean isList = target.equals("/products") || target.startsWith("/products?");
              talk.say(isList ? page(sorted, target) : Backend.ok(partition));
              return true;
            }));
  }

  private static String page(TreeSet<String> sorted, String target) {
    String after = parameter(target, "after", "");
    int limit = Integer.parseInt(parameter(target, "limit", "" + USUAL));
    List<String> behind =
        sorted.stream().filter(name -> KeyOrder.compare(name, after) > 0).toList();
    List<String> page = behind.stream().limit(limit).toList();
    String json =
        page.stream()
            .map(n -> "{\"name\":\"" + n + "\"}")
            .collect(Collectors.joining(",", "[", "]"));
    String body = new String(json.getBytes(UTF_8), ISO_8859_1);
    String next =
        behind.size() > limit
            ? "Link: </products?after="
                + URLEncoder.encode(page.getLast(), UTF_8)
                + ">; rel=\"next\"\r\n"
            : "";
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        + next
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String parameter(String target, String name, String usual) {
    for (String pair : target.substring(target.indexOf('?') + 1).split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
      }
    }
    return usual;
  }

  @Override
  public void close() throws IOException {
    backend.close();
  }
}
