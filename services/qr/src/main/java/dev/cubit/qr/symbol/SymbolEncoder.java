package dev.cubit.qr.symbol;

import dev.cubit.qr.symbol.SymbolException.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * From text to modules: QR codes of model 2 and Micro QR codes (ISO/IEC 18004), as short as they
 * can be: text is cut into numeric, alphanumeric, byte and kanji segments so that the bits are the
 * fewest.
 *
 * <p>What happens to a text: {@link Segmenter} finds the segments, {@link Codewords} gets their
 * bits, {@link ReedSolomon} adds the error correction, {@link Canvas} puts all into modules, with
 * the mask that {@link MaskScore} chooses. The tables of a version are made when it is first
 * wanted, in about a millisecond, and shared by all encoders: 4 MB when all versions and levels
 * have been seen.
 *
 * <p>Owned by one thread. Only the symbol is allocated.
 */
public final class SymbolEncoder {
  private static final int MOST_PARTS = 16;
  private static final int TERMINATOR_BITS = 4;
  private static final int ECI_INDICATOR = 7;
  private static final int ECI_UTF_8 = 26;
  private static final int ECI_BITS = 12;
  private static final int PART_INDICATOR = 3;
  private static final int PART_BITS = 20;

  private final Text text = new Text();
  private final Segmenter segmenter = new Segmenter();
  private final Codewords data = new Codewords(Capacity.MOST_CODEWORDS);
  private final Blocks blocks = new Blocks();
  private final Canvas canvas = new Canvas();
  private final MicroEncoder micro = new MicroEncoder();

  /**
   * Encodes a text.
   *
   * @throws SymbolException if the text is empty, has half of a surrogate pair, or no symbol holds
   *     it as asked
   */
  public Symbol encode(String text, SymbolOptions options) {
    this.text.read(text, options.eci());
    return options.micro()
        ? micro.encode(this.text, segmenter, options)
        : encode(options, Part.WHOLE);
  }

  /**
   * Encodes bytes as they are, in byte mode, without announcing a character set.
   *
   * @throws SymbolException if there are none, or no symbol holds them as asked
   */
  public Symbol encode(byte[] bytes, SymbolOptions options) {
    if (bytes.length == 0) {
      throw new SymbolException(Fault.TEXT, "there are no bytes to encode");
    }
    if (options.micro()) {
      return micro.encode(bytes, options);
    }
    for (int group = firstGroup(options); group <= lastGroup(options); group++) {
      int bits = Headers.ofGroup(group).of(Mode.BYTE) + 8 * bytes.length;
      int version = version(bits, group, options);
      if (version > 0) {
        data.clear();
        data.put(Mode.BYTE.indicator, 4);
        data.put(bytes.length, Headers.countBits(Mode.BYTE, version));
        data.putBytes(bytes);
        return finish(version, options);
      }
    }
    throw tooLong(options);
  }

  /**
   * Spreads a text over several symbols of the same version that a reader puts together again, in
   * any order (structured append, ISO/IEC 18004, 8). Their common parity is that of the text's
   * bytes as byte mode has them.
   *
   * @param parts how many, 1 to 16; 1 is an ordinary symbol
   * @throws SymbolException if the text has fewer characters than there are parts, or they do not
   *     hold it as asked
   */
  public List<Symbol> encode(String text, SymbolOptions options, int parts) {
    if (parts < 1 || parts > MOST_PARTS) {
      throw new SymbolException(Fault.PARTS, "the parts must be a whole number from 1 to 16");
    }
    if (parts == 1) {
      return List.of(encode(text, options));
    }
    if (options.micro()) {
      throw new SymbolException(Fault.PARTS, "a Micro QR code cannot be one of several parts");
    }
    var texts = Part.split(text, parts, options.eci());
    var symbols = encodeParts(texts, options);
    int largest = symbols.stream().mapToInt(Symbol::version).max().orElseThrow();
    return symbols.stream().allMatch(symbol -> symbol.version() == largest)
        ? symbols
        : encodeParts(texts, options.withVersion(largest));
  }

  private List<Symbol> encodeParts(List<Part> parts, SymbolOptions options) {
    var symbols = new ArrayList<Symbol>();
    for (var part : parts) {
      text.read(part.text(), part.byTheLetter());
      symbols.add(encode(options, part));
    }
    return List.copyOf(symbols);
  }

  private Symbol encode(SymbolOptions options, Part part) {
    boolean eci = options.eci() && !text.isLatin();
    int extra = (eci ? ECI_BITS : 0) + (part.isWhole() ? 0 : PART_BITS);
    for (int group = firstGroup(options); group <= lastGroup(options); group++) {
      int most = 8 * mostCodewords(group, options) - extra;
      var headers = eci ? Headers.ofGroup(group).withoutKanji() : Headers.ofGroup(group);
      int bits = segmenter.plan(text.characters(), text.length(), headers, text.isLatin(), most);
      int version = bits < 0 ? 0 : version(bits + extra, group, options);
      if (version > 0) {
        data.clear();
        if (!part.isWhole()) {
          data.put(PART_INDICATOR, 4);
          data.put(part.index() << 4 | part.count() - 1, 8);
          data.put(part.parity(), 8);
        }
        if (eci) {
          data.put(ECI_INDICATOR, 4);
          data.put(ECI_UTF_8, 8);
        }
        for (int i = 0; i < segmenter.count(); i++) {
          put(i, version);
        }
        return finish(version, options);
      }
    }
    throw tooLong(options);
  }

  private void put(int segment, int version) {
    int from = segmenter.start(segment);
    int to = segment + 1 < segmenter.count() ? segmenter.start(segment + 1) : text.length();
    var mode = segmenter.mode(segment);
    int count = mode == Mode.BYTE ? text.bytes(from, to) : to - from;
    data.put(mode.indicator, 4);
    data.put(count, Headers.countBits(mode, version));
    data.putText(mode, text, from, to);
  }

  private Symbol finish(int version, SymbolOptions options) {
    var level = options.level();
    if (options.boost()) {
      level = boosted(version, (data.length() + 7) / 8, level);
    }
    data.finish(TERMINATOR_BITS, 8 * Capacity.dataCodewords(version, level));
    var stream = blocks.interleave(data, version, level);
    return canvas.draw(Template.ofVersion(version), level, stream, options.mask().orElse(-1));
  }

  private static Level boosted(int version, int codewords, Level least) {
    var best = least;
    for (var level : Level.values()) {
      if (level.compareTo(best) > 0 && Capacity.dataCodewords(version, level) >= codewords) {
        best = level;
      }
    }
    return best;
  }

  private static int firstGroup(SymbolOptions options) {
    return options.version().isPresent() ? Headers.group(options.version().getAsInt()) : 0;
  }

  private static int lastGroup(SymbolOptions options) {
    return options.version().isPresent() ? firstGroup(options) : Headers.GROUPS - 1;
  }

  private static int mostCodewords(int group, SymbolOptions options) {
    int version = options.version().orElse(Headers.lastVersion(group));
    return Capacity.dataCodewords(version, options.level());
  }

  /** The version to take; 0 if none of the group holds as many bits. */
  private static int version(int bits, int group, SymbolOptions options) {
    int codewords = (bits + 7) / 8;
    if (options.version().isPresent()) {
      int version = options.version().getAsInt();
      return codewords <= Capacity.dataCodewords(version, options.level()) ? version : 0;
    }
    int smallest = Capacity.smallestVersion(codewords, options.level());
    // Shorter counts may fit where longer do not, and never the other way round.
    return smallest > Headers.lastVersion(group)
        ? 0
        : Math.max(smallest, Headers.firstVersion(group));
  }

  private static SymbolException tooLong(SymbolOptions options) {
    return options.version().isPresent()
        ? new SymbolException(
            Fault.TEXT,
            "the text does not fit into version %d at level %s; take a larger version or a lower level"
                .formatted(options.version().getAsInt(), options.level()))
        : Text.tooLong();
  }
}
