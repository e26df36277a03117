package dev.cubit.qr.image;

import dev.cubit.qr.symbol.Symbol;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The compressed stream of all pictures of one layout, but for the modules: for some modules side
 * by side, the bits that their pixels are in the stream.
 *
 * <p>A row of pixels is cut as {@link Cut} tells. A block is looked up by its modules, and with its
 * bits comes what the check sum needs. Between the last block of a line of modules and the first of
 * the next all is a copy of the row above: the light bytes at the end, the other rows of the line,
 * the next filter and the light bytes at its beginning. These copies, and all before the first
 * block and behind the last, are the same for all symbols of the layout.
 *
 * <p>The code is made for symbols as {@link Expectation} expects them. Immutable and shared. At
 * most {@value #SLOTS} are kept, of less than 24 KB each, so that 6 MB hold them all; a layout that
 * finds its place taken takes it over.
 */
final class ModuleTables {
  private static final int SLOTS = 256;
  private static final AtomicReferenceArray<@Nullable ModuleTables> KEPT =
      new AtomicReferenceArray<>(SLOTS);

  /** Longer modules are shorter as runs of one byte. */
  private static final int LARGEST_MODULE = 32;

  private static final int LIGHT = 0xff;

  /** Where the number of bits stands in an entry's code, and the weighted sum in its facts. */
  private static final int COUNT = BitSink.MOST;

  private static final int WEIGHTED = 32;
  private static final long BITS = (1L << COUNT) - 1;

  private final Layout layout;
  private final int quietZone;
  private final byte[] head;
  private final Cut cut;
  private final boolean suits;

  /** Whether two blocks can be put at once. */
  private boolean arePairs = true;

  /** By modules: the bits of a block, and how many. */
  private final long[] code;

  /** By modules: the sum of what dark pixels take from the block's bytes, and that weighted. */
  private final long[] facts;

  /** The same for the bytes behind the blocks; with the copies up to the next line if they fit. */
  private final long[] tailCode;

  private final long[] tailFacts;

  /** All bits before the first block, between two lines, and behind the last copy. */
  private BitString before = BitString.EMPTY;

  private BitString between = BitString.EMPTY;
  private BitString behind = BitString.EMPTY;

  private ModuleTables(int size, Style style) {
    layout = Layout.of(size, style);
    quietZone = style.quietZone();
    head =
        PngWriter.head(new Style(style.width(), style.height(), quietZone, Rgba.BLACK, Rgba.WHITE));
    cut = Cut.of(layout);
    var frame = new Frame(layout);
    boolean canSuit = layout.module() <= LARGEST_MODULE && frame.isComplete();
    int entries = canSuit ? cut.entries() : 0;
    code = new long[entries];
    facts = new long[entries];
    tailCode = new long[entries];
    tailFacts = new long[entries];
    suits = canSuit && fill(frame);
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
    return Long.BYTES * (code.length + facts.length + tailCode.length + tailFacts.length)
        + before.bytes()
        + between.bytes()
        + behind.bytes()
        + head.length;
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
  private boolean fill(Frame frame) {
    var values = values();
    var deflate = code(frame, values);
    var header = new BitSink();
    header.clear(0);
    deflate.putHeader(header);
    var top = new Recorder(deflate);
    top.take(header);
    frame.above(top);
    before = top.bits();
    var copies = new Recorder(deflate);
    frame.between(copies);
    between = copies.bits();
    var bottom = new Recorder(deflate);
    frame.below(bottom);
    bottom.end();
    behind = bottom.bits();
    return fill(deflate, values, cut.blockBytes(), code, facts)
        && fill(deflate, values, cut.tailBytes(), tailCode, tailFacts)
        && join();
  }

  /** The bytes of all blocks, one after the other. */
  private byte[] values() {
    var values = new byte[cut.entries() * cut.blockBytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) cut.pixels(i / cut.blockBytes(), i % cut.blockBytes());
    }
    return values;
  }

  private DeflateCode code(Frame frame, byte[] values) {
    var expectation = Expectation.of(layout.size(), cut);
    var census = new DeflateCode.Census();
    for (int modules = 0; modules < cut.entries(); modules++) {
      for (int at = 0; at < cut.blockBytes(); at++) {
        int tails = at < cut.tailBytes() ? expectation.tail(modules) : 0;
        census.literal(
            values[modules * cut.blockBytes() + at] & 0xff, expectation.block(modules) + tails);
      }
    }
    var copies = new DeflateCode.Census();
    frame.between(copies);
    census.add(copies, Expectation.UNIT * layout.size());
    var margins = new DeflateCode.Census();
    frame.above(margins);
    frame.below(margins);
    census.add(margins, Expectation.UNIT);
    return census.code(Expectation.UNIT);
  }

  private boolean fill(DeflateCode deflate, byte[] values, int bytes, long[] bits, long[] about) {
    for (int modules = 0; modules < bits.length; modules++) {
      int length = 0;
      long word = 0;
      long sum = 0;
      long weighted = 0;
      for (int at = 0; at < bytes; at++) {
        int value = values[modules * cut.blockBytes() + at] & 0xff;
        if (length + deflate.literalLength(value) > BitSink.MOST) {
          return false;
        }
        word |= (long) deflate.literalCode(value) << length;
        length += deflate.literalLength(value);
        sum += LIGHT - value;
        weighted += (long) (LIGHT - value) * at;
      }
      arePairs &= length <= BitSink.MOST / 2;
      bits[modules] = word | (long) length << COUNT;
      about[modules] = sum | weighted << WEIGHTED;
    }
    return true;
  }

  /** The copies between lines become part of each line's tail, if there is room. */
  private boolean join() {
    int longest = 0;
    for (long tail : tailCode) {
      longest = Math.max(longest, (int) (tail >>> COUNT));
    }
    if (between.fits(longest)) {
      long copies = between.word();
      for (int modules = 0; modules < tailCode.length; modules++) {
        long tail = tailCode[modules];
        int count = (int) (tail >>> COUNT);
        tailCode[modules] = (tail & BITS) | copies << count | (count + between.length()) << COUNT;
      }
      between = BitString.EMPTY;
    }
    return true;
  }

  /** Writes the stream but for the check sum, which is left in {@code adler}. */
  void write(Symbol symbol, BitSink sink, Adler adler) {
    sink.reserve(bound());
    before.putInto(sink);
    lines(symbol, sink, adler);
    behind.putInto(sink);
  }

  /** Bytes that a stream takes at most. */
  private int bound() {
    long line = (cut.blocks() + 1L) * BitSink.MOST + between.length();
    long bits = before.length() + layout.size() * line + behind.length();
    return (int) (bits / 8) + 2 * Long.BYTES;
  }

  /**
   * The lines of modules, and the check sum of the whole picture: that of a light one, less what
   * dark pixels take. Hot path, so the state of the sink is in local variables: C2 would store
   * fields after each block.
   */
  private void lines(Symbol symbol, BitSink sink, Adler adler) {
    var code = this.code;
    var facts = this.facts;
    int mask = code.length - 1;
    int blockModules = cut.blockModules();
    int windowBlocks = (Long.SIZE - 1) / blockModules & ~1;
    var bytes = sink.bytes;
    int at = sink.whole;
    long pending = sink.pending;
    int open = sink.open;
    long all = 0;
    long byBlock = 0;
    long byLine = 0;
    for (int row = 0; row < layout.size(); row++) {
      long before = all;
      int block = 0;
      int column = -cut.lead();
      long window = window(symbol, row, column);
      while (block < cut.blocks()) {
        if (block > 0) {
          column += windowBlocks * blockModules;
          window = window(symbol, row, column);
        }
        int end = Math.min(cut.blocks(), block + windowBlocks);
        if (arePairs) {
          for (; block + 1 < end; block += 2) {
            int modules = (int) window & mask;
            int next = (int) (window >>> blockModules) & mask;
            window >>>= 2 * blockModules;
            long first = code[modules];
            long second = code[next];
            int count = (int) (first >>> COUNT);
            long two = (first & BITS) | (second & BITS) << count;
            pending |= two << open;
            BitSink.WORD.set(bytes, at, pending);
            int total = open + count + (int) (second >>> COUNT);
            at += total >>> 3;
            pending >>>= total & ~7;
            open = total & 7;
            long about = facts[modules];
            long more = facts[next];
            all += about + more;
            byBlock += (long) block * (int) about + (block + 1L) * (int) more;
          }
        }
        for (; block < end; block++) {
          int modules = (int) window & mask;
          window >>>= blockModules;
          long entry = code[modules];
          pending |= (entry & BITS) << open;
          BitSink.WORD.set(bytes, at, pending);
          int total = open + (int) (entry >>> COUNT);
          at += total >>> 3;
          pending >>>= total & ~7;
          open = total & 7;
          long about = facts[modules];
          all += about;
          byBlock += (long) block * (int) about;
        }
      }
      // What is left of the window are the modules behind the last block.
      int modules = (int) window & mask;
      long entry = tailCode[modules];
      pending |= (entry & BITS) << open;
      BitSink.WORD.set(bytes, at, pending);
      int total = open + (int) (entry >>> COUNT);
      at += total >>> 3;
      pending >>>= total & ~7;
      open = total & 7;
      long about = tailFacts[modules];
      all += about;
      byBlock += (long) block * (int) about;
      byLine += row * (all - before & 0xffff_ffffL);
      if (between != BitString.EMPTY) {
        sink.whole = at;
        sink.pending = pending;
        sink.open = open;
        between.putInto(sink);
        at = sink.whole;
        pending = sink.pending;
        open = sink.open;
      }
    }
    sink.whole = at;
    sink.pending = pending;
    sink.open = open;
    checkSum(adler, all & 0xffff_ffffL, all >>> WEIGHTED, byBlock, byLine);
  }

  /**
   * A byte in the check sum counts as often as there are bytes from it to the end: those of its row
   * and those of the rows below.
   *
   * @param dark what dark pixels take from the bytes of one row of each line
   * @param within the same, each times its place in its block
   * @param byBlock the same, each times the number of its block
   * @param byLine the same, each times the number of its line
   */
  private void checkSum(Adler adler, long dark, long within, long byBlock, long byLine) {
    long light = (long) LIGHT * layout.rowBytes();
    adler.clear();
    adler.add(layout.height(), layout.stride(), light, light * (layout.rowBytes() + 1) / 2);
    long module = layout.module();
    long toRowEnd =
        (layout.rowBytes() - layout.firstByte()) * dark - cut.blockBytes() * byBlock - within;
    long rowsBelow = module * (layout.height() - 1 - layout.top()) - module * (module - 1) / 2;
    long below = rowsBelow * dark - module * module * byLine;
    adler.subtract(module * dark, module * toRowEnd + layout.stride() * below);
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
