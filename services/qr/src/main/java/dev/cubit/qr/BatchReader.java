package dev.cubit.qr;

import dev.cubit.qr.JsonReader.Item;
import dev.cubit.qr.image.Style;
import dev.cubit.server.ProblemException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * From the body of a batch to symbols. Everything that can be wrong with any of them shows here,
 * before the first byte of the answer.
 */
final class BatchReader {
  static final int MOST_CODES = 1000;

  /** Of all pictures together: a thousand of 1,000 x 1,000. */
  private static final long MOST_PIXELS = 1_000_000_000;

  private record Drawn(int symbolSize, Style style) {}

  private final PictureMaker maker;
  private final List<ZipPieces.Entry> entries = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** A picture is too small, or not, by the size of its symbol; so one of each size is tried. */
  private final Set<Drawn> tried = new HashSet<>();

  private long pixels;

  private BatchReader(PictureMaker maker) {
    this.maker = maker;
  }

  /**
   * Reads JSON.
   *
   * @param shared options of the query, for all codes
   * @throws ProblemException if anything is wrong with any code
   */
  static List<ZipPieces.Entry> json(byte[] body, Options shared, PictureMaker maker) {
    return new BatchReader(maker).all(JsonReader.batch(shared, body, MOST_CODES), shared);
  }

  /**
   * Reads lines; empty ones are skipped.
   *
   * @throws ProblemException if anything is wrong with any code
   */
  static List<ZipPieces.Entry> lines(byte[] body, Options shared, PictureMaker maker) {
    var items =
        QueryReader.strictUtf8("body", ByteBuffer.wrap(body))
            .lines()
            .filter(line -> !line.isEmpty())
            .limit(MOST_CODES + 1L)
            .map(line -> new Item("", Options.of("data", line)))
            .toList();
    if (items.size() > MOST_CODES) {
      throw JsonReader.tooMany(MOST_CODES);
    }
    return new BatchReader(maker).all(items, shared);
  }

  private List<ZipPieces.Entry> all(List<Item> items, Options shared) {
    shared.check();
    if (!shared.payload().isEmpty()) {
      throw shared.problem(Option.DATA, "each code of a batch has data of its own, in 'codes'");
    }
    if (items.isEmpty()) {
      throw ProblemException.parameter("codes", "the batch has no codes");
    }
    for (int i = 0; i < items.size(); i++) {
      try {
        add(items.get(i), shared, i + 1);
      } catch (ProblemException e) {
        throw e.within("codes[" + i + "]");
      }
    }
    return entries;
  }

  private void add(Item item, Options shared, int number) {
    var options = item.options();
    options.check();
    if (options.payload().isEmpty()) {
      throw ProblemException.parameter("data", "there is no data");
    }
    options.fallBackTo(shared);
    var order = Orders.from(options);
    var symbol = maker.encode(options.payload(), order);
    var style = order.fit().style(symbol, order.style());
    pixels += (long) style.width() * style.height();
    if (pixels > MOST_PIXELS) {
      throw options.problem(
          Option.SIZE, "the pictures of the batch have more than 1,000 million pixels by here");
    }
    if (tried.add(new Drawn(symbol.size(), style))) {
      maker.draw(symbol, order);
    }
    entries.add(new ZipPieces.Entry(fileName(item, order, number), symbol, order));
  }

  private String fileName(Item item, Order order, int number) {
    var wished =
        item.name().isEmpty()
            ? String.format(Locale.ROOT, "%04d", number)
            : Values.safeFileName("name", item.name());
    var name = Replies.withExtension(wished, order.format());
    var extension = "." + order.format().extension();
    var stem = name.substring(0, name.length() - extension.length());
    for (int i = 2; !names.add(name.toLowerCase(Locale.ROOT)); i++) {
      name = stem + "-" + i + extension;
    }
    return name;
  }
}
