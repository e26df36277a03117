package dev.cubit.qr.image;

import dev.cubit.qr.symbol.Symbol;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The compressed stream of all pictures of one layout, but for the modules: for some modules side
 * by side, the bits that their pixels are in the stream.
 *
 * <p>A row of pixels is cut where a whole number of modules is a whole number of bytes:
 *
 * <pre>
 *   filter  light   | block | block | block | tail | light
 *           bytes   `------ the bytes of modules --'
 * </pre>
 *
 * <p>The pixels of a block are those of as many modules and one more, as the modules need not begin
 * with a byte. So a block is looked up by those modules, and with its bits comes what the check sum
 * needs. Between the last block of a line of modules and the first of the next all is a copy of the
 * row above: the light bytes at the end, the other rows of the line, the next filter and the light
 * bytes at its beginning. These copies, and all before the first block and behind the last, are the
 * same for all symbols of the layout.
 *
 * <p>The code is made for modules that are dark or light at random. Immutable and shared. At most
 * {@value #SLOTS} are kept, of at most 17 KB each, so that 4.3 MB hold them all; a layout that
 * finds its place taken takes it over, which costs some 20 microseconds.
 */
final class ModuleTables {
  private static final int SLOTS = 256;
  private static final AtomicReferenceArray<@Nullable ModuleTables> KEPT =
      new AtomicReferenceArray<>(SLOTS);

  /** Longer modules are shorter as runs of one byte. */
  private static final int LARGEST_MODULE = 32;

  private static final int LIGHT = 0xff;

  /** Where the parts of an entry's second word stand. */
  private static final int SUM = 8;

  private static final int WEIGHTED = 32;
  private static final long LENGTH_MASK = 0xff;
  private static final long SUM_MASK = 0xff_ffff;

  private final Layout layout;
  private final int quietZone;
  private final byte[] head;
  private final boolean suits;

  /** Modules of a block, and the bytes that they are. */
  private final int blockModules;

  private final int blockBytes;

  /** Blocks that 64 modules hold, each with the one module more. */
  private final int windowBlocks;

  /** Light modules that are thought to the left, so that the first block begins with a module. */
  private final int lead;

  /** Pixels of the first of them that are before the first block. */
  private final int offset;

  /** Whole blocks of a line, and the bytes behind them. */
  private final int blocks;

  private final int tailBytes;

  /** What a light row is in the check sum, and what the first byte of modules counts there. */
  private final long lightSum;

  private final long lightWeighted;
  private final int firstWeight;

  /** By modules: the bits of a block. */
  private long[] code = {};

  /** By modules: how many bits, the sum of what dark pixels take from bytes, and that weighted. */
  private long[] facts = {};

  private long[] tailCode = {};
  private long[] tailFacts = {};

  /** All bits before the first block, between two lines, and behind the last block. */
  private BitString before = BitString.EMPTY;

  private BitString between = BitString.EMPTY;
  private BitString behind = BitString.EMPTY;

  private ModuleTables(int size, Style style) {
    layout = Layout.of(size, style);
    quietZone = style.quietZone();
    head =
        PngWriter.head(new Style(style.width(), style.height(), quietZone, Rgba.BLACK, Rgba.WHITE));
    int module = layout.module();
    // Eight modules are bytes whatever they measure; fewer where eight would be too many bytes.
    blockModules = module <= 12 ? 8 : 8 / Math.min(8, Integer.lowestOneBit(module));
    blockBytes = blockModules * module / 8;
    windowBlocks = (Long.SIZE - 1) / blockModules;
    int within = layout.left() % 8;
    lead = (within + module - 1) / module;
    offset = lead * module - within;
    int bytes = layout.endByte() - layout.firstByte();
    blocks = bytes / blockBytes;
    tailBytes = bytes % blockBytes;
    lightSum = (long) LIGHT * layout.rowBytes();
    lightWeighted = lightSum * (layout.rowBytes() + 1) / 2;
    firstWeight = layout.rowBytes() - layout.firstByte();
    suits =
        module <= LARGEST_MODULE
            && layout.top() > 0
            && layout.bottom() > 0
            && betweenBytes() >= DeflateCode.SHORTEST_MATCH
            && fill();
  }

  /**
   * The tables of a layout.
   *
   * @throws ImageException if the picture is too small
   */
  static ModuleTables of(int size, Style style) {
    int slot = slot(size, style);
    var kept = KEPT.getAcquire(slot);
    if (kept != null && kept.isOf(size, style)) {
      return kept;
    }
    var made = new ModuleTables(size, style);
    KEPT.setRelease(slot, made);
    return made;
  }

  private static int slot(int size, Style style) {
    int hash = (size * 31 + style.width()) * 31 + style.height();
    hash = (hash * 31 + style.quietZone()) * 0x9e37_79b9;
    return hash >>> 24;
  }

  private boolean isOf(int size, Style style) {
    return layout.size() == size
        && layout.width() == style.width()
        && layout.height() == style.height()
        && quietZone == style.quietZone();
  }

  Layout layout() {
    return layout;
  }

  /** All of the file before the pixels, for black on white. */
  byte[] head() {
    return head;
  }

  /** Whether they can be used: not for large modules, and not without light rows all around. */
  boolean suit() {
    return suits;
  }

  /** Bytes that the tables hold. */
  int bytes() {
    return Long.BYTES * (code.length + facts.length + tailCode.length + tailFacts.length);
  }

  /** The bytes that all kept tables hold. */
  static int keptBytes() {
    int bytes = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      var kept = KEPT.getAcquire(slot);
      bytes += kept == null ? 0 : kept.bytes();
    }
    return bytes;
  }

  /** Returns false where a block takes more bits than can be put at once. */
  private boolean fill() {
    var deflate = expectation();
    int entries = 1 << (blockModules + 1);
    code = new long[entries];
    facts = new long[entries];
    tailCode = new long[entries];
    tailFacts = new long[entries];
    frame(deflate);
    return fill(deflate, blockBytes, code, facts) && fill(deflate, tailBytes, tailCode, tailFacts);
  }

  private boolean fill(DeflateCode deflate, int bytes, long[] bits, long[] about) {
    for (int modules = 0; modules < bits.length; modules++) {
      int length = 0;
      long sum = 0;
      long weighted = 0;
      for (int at = 0; at < bytes; at++) {
        int value = pixels(modules, at);
        if (length + deflate.literalLength(value) > BitSink.MOST) {
          return false;
        }
        bits[modules] |= (long) deflate.literalCode(value) << length;
        length += deflate.literalLength(value);
        sum += LIGHT - value;
        weighted += (long) (LIGHT - value) * at;
      }
      about[modules] = length | sum << SUM | weighted << WEIGHTED;
    }
    return true;
  }

  /** A byte of a block, by the modules that it is looked up by, the leftmost lowest. */
  private int pixels(int modules, int at) {
    int value = 0;
    for (int pixel = 8 * at; pixel < 8 * at + 8; pixel++) {
      int module = (pixel + offset) / layout.module();
      value = value << 1 | ((modules >>> module & 1) == 0 ? 1 : 0);
    }
    return value;
  }

  /** How often each byte and each copy is to be expected. */
  private DeflateCode expectation() {
    var census = new DeflateCode.Census();
    int entries = 1 << (blockModules + 1);
    for (int at = 0; at < blockBytes; at++) {
      int times = layout.size() * (blocks + (at < tailBytes ? 1 : 0));
      // Each byte is of few of the modules: the others need not be gone through.
      int first = (8 * at + offset) / layout.module();
      int last = (8 * at + 7 + offset) / layout.module();
      int step = 1 << first;
      int end = Math.min(entries, 1 << (last + 1));
      for (int modules = 0; modules < end; modules += step) {
        // In 64ths, so that a byte that is expected less than once is told from one that is never.
        census.literals(pixels(modules, at), Math.max(1, 64 * times * step / end));
      }
    }
    var copies = new DeflateCode.Census();
    for (int line = 1; line < layout.size(); line++) {
      copies.run(betweenBytes(), layout.stride());
    }
    margins(copies, copies);
    census.add(copies, 64);
    return census.code();
  }

  /** The copied bytes from one line of modules to the next. */
  private int betweenBytes() {
    return layout.module() * layout.stride() - (layout.endByte() - layout.firstByte());
  }

  private void frame(DeflateCode deflate) {
    var top = new BitSink();
    top.clear(0);
    deflate.putHeader(top);
    var bottom = new BitSink();
    bottom.clear(0);
    margins(deflate.new Writer(top), deflate.new Writer(bottom));
    deflate.putEnd(bottom);
    before = BitString.of(top);
    behind = BitString.of(bottom);
    var copy = new BitSink();
    copy.clear(0);
    deflate.new Writer(copy).run(betweenBytes(), layout.stride());
    between = BitString.of(copy);
  }

  private void margins(Tokens above, Tokens below) {
    int stride = layout.stride();
    above.literal(0);
    above.literal(LIGHT);
    light(above, layout.rowBytes() - 1);
    int toFirst = (layout.top() - 1) * stride + 1 + layout.firstByte();
    copy(above, toFirst, true);
    // The light row below the symbol is new where the modules are.
    int symbol = layout.endByte() - layout.firstByte();
    int end = layout.rowBytes() - layout.endByte();
    below.run(betweenBytes(), stride);
    below.literal(LIGHT);
    light(below, symbol - 1);
    copy(below, end + (layout.bottom() - 1) * stride, false);
  }

  private static void light(Tokens tokens, int count) {
    if (count >= DeflateCode.SHORTEST_MATCH) {
      tokens.run(count, 1);
    } else {
      for (int i = 0; i < count; i++) {
        tokens.literal(LIGHT);
      }
    }
  }

  /** A copy of light bytes, with a filter before them or not, that can be too short for a match. */
  private void copy(Tokens tokens, int count, boolean startsWithFilter) {
    if (count >= DeflateCode.SHORTEST_MATCH) {
      tokens.run(count, layout.stride());
    } else {
      for (int i = 0; i < count; i++) {
        tokens.literal(startsWithFilter && i == 0 ? 0 : LIGHT);
      }
    }
  }

  /** Writes the stream but for the check sum, which is left in {@code adler}. */
  void write(Symbol symbol, BitSink sink, Adler adler) {
    sink.reserve(bound());
    adler.clear();
    adler.add(layout.top(), layout.stride(), lightSum, lightWeighted);
    before.putInto(sink);
    for (int row = 0; row < layout.size(); row++) {
      if (row > 0) {
        between.putInto(sink);
      }
      line(symbol, row, sink, adler);
    }
    behind.putInto(sink);
    adler.add(layout.bottom(), layout.stride(), lightSum, lightWeighted);
  }

  /** Bytes that a stream takes at most. */
  private int bound() {
    int line = (blocks + 1) * Long.BYTES + between.bytes();
    return before.bytes() + layout.size() * line + behind.bytes() + 4 * Long.BYTES;
  }

  /**
   * A line of modules: its blocks, and what its rows are in the check sum. Hot path, so the state
   * of the sink is in local variables: C2 would store fields after each block.
   */
  private void line(Symbol symbol, int row, BitSink sink, Adler adler) {
    var bytes = sink.bytes;
    int at = sink.whole;
    long pending = sink.pending;
    int open = sink.open;
    long sum = 0;
    long weighted = 0;
    int weight = firstWeight;
    int column = -lead;
    for (int left = blocks; left > 0; left -= windowBlocks) {
      long window = window(symbol, row, column);
      for (int i = Math.min(left, windowBlocks); i > 0; i--) {
        int modules = (int) window & code.length - 1;
        window >>>= blockModules;
        long about = facts[modules];
        pending |= code[modules] << open;
        BitSink.WORD.set(bytes, at, pending);
        int total = open + (int) (about & LENGTH_MASK);
        at += total >>> 3;
        pending >>>= total & ~7;
        open = total & 7;
        long taken = about >>> SUM & SUM_MASK;
        sum += taken;
        weighted += taken * weight - (about >>> WEIGHTED);
        weight -= blockBytes;
      }
      column += windowBlocks * blockModules;
    }
    sink.whole = at;
    sink.pending = pending;
    sink.open = open;
    int modules = (int) window(symbol, row, blocks * blockModules - lead) & code.length - 1;
    long about = tailFacts[modules];
    sink.put(tailCode[modules], (int) (about & LENGTH_MASK));
    long taken = about >>> SUM & SUM_MASK;
    sum += taken;
    weighted += taken * weight - (about >>> WEIGHTED);
    adler.add(layout.module(), layout.stride(), lightSum - sum, lightWeighted - weighted);
  }

  /** 64 modules of a row from a column on; those beside the symbol are light. */
  private static long window(Symbol symbol, int row, int column) {
    if (column < 0) {
      return symbol.word(row, 0) << -column;
    }
    int index = column >>> 6;
    if (index >= symbol.wordsPerRow()) {
      return 0;
    }
    long word = symbol.word(row, index) >>> column;
    if (index + 1 < symbol.wordsPerRow()) {
      word |= symbol.word(row, index + 1) << 1 << (63 - (column & 63));
    }
    return word;
  }
}
